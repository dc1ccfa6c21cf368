import type { components, operations } from '../api/schema.d.ts';
import type { Api } from '../api/client.ts';
import { take } from '../api/error.ts';
import { CREDENTIAL_TONE } from '../learning/standing.ts';

type Schemas = components['schemas'];
export type Credential = Schemas['Credential'];
export type HeldCredential = Schemas['HeldCredential'];
export type HeldPage = Schemas['HeldCredentialList'];
export type HeldQuery = NonNullable<operations['cohortCredentials']['parameters']['query']>;

/** How a certificate stands, with a word of its own for those that are valid and end soon. */
export type State = Credential['status'] | 'ends_soon';
export const STATES: State[] = ['valid', 'ends_soon', 'expired', 'revoked', 'superseded'];

export function stateOf({ status, ends_soon }: Pick<Credential, 'status' | 'ends_soon'>): State {
	return ends_soon ? 'ends_soon' : status;
}

export const STATE_TONE: Record<State, (typeof CREDENTIAL_TONE)[Credential['status']]> = { ...CREDENTIAL_TONE, ends_soon: 'lapse' };

/** Whether ending it says anything new: it was not ended, and nothing took its place. */
export function revocable({ status }: Pick<Credential, 'status'>): boolean {
	return status === 'valid' || status === 'expired';
}

/** What the address of a cohort's certificates picks, as the server is asked for it. */
export function queryOf(search: Pick<URLSearchParams, 'get'>): HeldQuery {
	const q = search.get('q');
	const rule = search.get('award');
	const state = STATES.find((one) => one === search.get('state'));
	const which: HeldQuery = state === 'ends_soon' ? { ending_soon: true } : state ? { status: state } : {};
	return { ...(q ? { q } : {}), ...(rule ? { rule } : {}), ...which };
}

export function heldIn(api: Api, cohort: string, query: HeldQuery): Promise<HeldPage> {
	return take(api.GET('/cohorts/{cohort}/credentials', { params: { path: { cohort }, query } }));
}

export function revoke(api: Api, credential: string, reason: string): Promise<HeldCredential> {
	return take(api.POST('/credentials/{credential}/revoke', { params: { path: { credential } }, body: { reason } }));
}
