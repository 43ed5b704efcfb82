// Gives every partition of a source to one process of the group, the eldest; the others stand by and take over when it goes.
import { AssignerProtocol, type PartitionAssigner } from 'kafkajs';

const { MemberAssignment, MemberMetadata } = AssignerProtocol;
const name = 'CasegraphOneOwner';

/** @param sinceMs when this process began to stand by, so that a newcomer takes nothing over */
export const oneOwner =
  (sinceMs = Date.now()): PartitionAssigner =>
  ({ cluster }) => ({
    name,
    version: 0,
    async assign({ members, topics }) {
      const age = (metadata: Buffer): number => Number(MemberMetadata.decode(metadata)?.userData.toString() || Infinity);
      const [owner] = members
        .map(({ memberId, memberMetadata }) => ({ memberId, since: age(memberMetadata) }))
        .sort((a, b) => a.since - b.since || (a.memberId < b.memberId ? -1 : 1));
      const assignment = Object.fromEntries(
        topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId)]),
      );
      return members.map(({ memberId }) => ({
        memberId,
        memberAssignment: MemberAssignment.encode({
          version: 0,
          assignment: memberId === owner!.memberId ? assignment : {},
          userData: Buffer.alloc(0),
        }),
      }));
    },
    protocol: ({ topics }) => ({
      name,
      metadata: MemberMetadata.encode({ version: 0, topics, userData: Buffer.from(String(sinceMs)) }),
    }),
  });
