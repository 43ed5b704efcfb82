// The sources that the settings name, each with its format.
import { sourceFormats } from '../../connectors/index.js';
import type { SourceFormat } from '../../connectors/contract/source.js';
import { BadSettings, type SourceConfig } from '../config.js';

export interface Source {
  format: SourceFormat;
  topics: string[];
  /** What the other sources read. */
  otherTopics: string[];
}

/** @throws BadSettings with what each format says of its own settings */
export function openSources(sources: readonly SourceConfig[]): Source[] {
  const problems: string[] = [];
  const opened = sources.flatMap((source): Source[] => {
    const { format, topics, settings } = source;
    try {
      const otherTopics = sources.flatMap((each) => (each === source ? [] : each.topics));
      return [{ format: sourceFormats[format]!(settings, topics), topics, otherTopics }];
    } catch (error) {
      problems.push((error as Error).message);
      return [];
    }
  });
  if (problems.length) throw new BadSettings(problems);
  return opened;
}

/** Messages of a topic that is no longer read are read by the first source's format. */
export const formatOf = (sources: readonly Source[], topic: string): SourceFormat =>
  (sources.find(({ topics }) => topics.includes(topic)) ?? sources[0]!).format;
