// Puts the pretend agencies on record, as a supervisor would, so that cases can be placed with them at once.

const mutation = `mutation ($input: SetAgencyProfileInput!) { setAgencyProfile(input: $input) { userErrors { message } } }`;

const agencies = [
  { agencyId: 'lotus-recovery', licenceNo: 'LR-2024-0117', level: 'PRIMARY', mostCases: 500 },
  { agencyId: 'mitra-tagih', licenceNo: 'MT-2023-0042', level: 'PRIMARY', mostCases: 500 },
];

/** Once a business date is open. The same again changes nothing. @throws when the gateway refuses */
export async function registerDemoAgencies(url: string, token: string): Promise<void> {
  for (const agency of agencies) {
    const input = {
      ...agency,
      idempotencyKey: `demo agency ${agency.agencyId}`,
      licenceExpiresOn: '2030-12-31',
      attestedBy: 'Compliance of the pretend bank',
      attestationExpiresOn: '2030-12-31',
      jurisdictions: ['ID', 'CN'],
    };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: mutation, variables: { input } }),
    });
    const answer = (await response.json()) as {
      data?: { setAgencyProfile?: { userErrors: { message: string }[] } };
      errors?: { message: string }[];
    };
    const problems = [...(answer.errors ?? []), ...(answer.data?.setAgencyProfile?.userErrors ?? [])];
    if (problems.length) throw new Error(`${agency.agencyId} is not on record: ${problems.map(({ message }) => message).join('; ')}`);
  }
}
