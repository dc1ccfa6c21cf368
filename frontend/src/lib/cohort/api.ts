import type { Api } from '../api/client.ts';
import type { components, operations } from '../api/schema.d.ts';
import { take } from '../api/error.ts';
import { isAuthored } from '../quiz.ts';

type Schemas = components['schemas'];

export type Cohort = Schemas['Cohort'];
export type CohortSummary = Schemas['CohortSummary'];
export type AssignmentChoice = Schemas['AssignmentChoice'];
export type CohortRequest = Schemas['CohortRequest'];
export type CohortPatch = Schemas['CohortPatch'];
export type ImportRequest = Schemas['ImportRequest'];
export type ImportReport = Schemas['ImportReport'];
export type Finding = Schemas['ImportFinding'];
export type SignInCode = Schemas['SignInCode'];
export type EnrolmentAction = Schemas['EnrolmentChange']['action'];
export type Enrolment = Schemas['Enrolment'];
export type RosterPage = Schemas['Roster'];
export type MembersQuery = NonNullable<operations['members']['parameters']['query']>;

/** What can be asked of a cohort: a module or an exam. */
export type Task = { kind: AssignmentChoice['kind']; slug: string; title: string; mandatory: boolean };

/** The calls that make and change cohorts. The only file of these pages that knows their addresses. */
export class Cohorts {
	#api: Api;

	constructor(api: Api) {
		this.#api = api;
	}

	async list(archived: boolean): Promise<CohortSummary[]> {
		return (await take(this.#api.GET('/cohorts', { params: { query: archived ? { archived } : {} } }))).items;
	}

	create(body: CohortRequest): Promise<Cohort> {
		return take(this.#api.POST('/cohorts', { body }));
	}

	/** All modules, in order, and after them all exams. */
	async tasks(): Promise<Task[]> {
		const [modules, quizzes] = await Promise.all([take(this.#api.GET('/modules')), take(this.#api.GET('/quizzes'))]);
		return [
			...modules.items.map(({ slug, title, theme }): Task => ({ kind: 'module', slug, title, mandatory: theme === 'mandatory' })),
			...quizzes.items
				.filter((quiz) => quiz.purpose === 'exam' && !isAuthored(quiz)) // what trainers build is in no plan
				.map(({ id, title }): Task => ({ kind: 'exam', slug: id, title, mandatory: true }))
		];
	}

	one(cohort: string): Promise<Cohort> {
		return take(this.#api.GET('/cohorts/{cohort}', { params: { path: { cohort } } }));
	}

	change(cohort: string, body: CohortPatch): Promise<Cohort> {
		return take(this.#api.PATCH('/cohorts/{cohort}', { params: { path: { cohort } }, body }));
	}

	assign(cohort: string, assignments: AssignmentChoice[]): Promise<Cohort> {
		return take(this.#api.PUT('/cohorts/{cohort}/assignments', { params: { path: { cohort } }, body: { assignments } }));
	}

	renewJoinCode(cohort: string): Promise<Cohort> {
		return take(this.#api.POST('/cohorts/{cohort}/join-code', { params: { path: { cohort } } }));
	}

	addCoordinator(cohort: string, username: string): Promise<Cohort> {
		return take(this.#api.PUT('/cohorts/{cohort}/coordinators/{username}', { params: { path: { cohort, username } } }));
	}

	removeCoordinator(cohort: string, username: string): Promise<Cohort> {
		return take(this.#api.DELETE('/cohorts/{cohort}/coordinators/{username}', { params: { path: { cohort, username } } }));
	}

	import(cohort: string, body: ImportRequest): Promise<ImportReport> {
		return take(this.#api.POST('/cohorts/{cohort}/imports', { params: { path: { cohort } }, body }));
	}

	async codes(cohort: string, users: string[]): Promise<SignInCode[]> {
		return (await take(this.#api.POST('/cohorts/{cohort}/sign-in-codes', { params: { path: { cohort } }, body: { users } }))).items;
	}

	async enrol(cohort: string, action: EnrolmentAction, users: string[], to?: string): Promise<number> {
		const body = { action, users, ...(to ? { to } : {}) };
		return (await take(this.#api.POST('/cohorts/{cohort}/enrolments', { params: { path: { cohort } }, body }))).people;
	}

	/** One page of who is in a cohort, or was. */
	members(cohort: string, query: MembersQuery): Promise<RosterPage> {
		return take(this.#api.GET('/cohorts/{cohort}/members', { params: { path: { cohort }, query } }));
	}
}

/** The address of a cohort's page: its readiness, or one of the others. */
export function cohortPage(cohort: string, page?: 'certificates' | 'import' | 'codes' | 'enrolments' | 'settings'): string {
	const base = `/coordinator/cohorts/${encodeURIComponent(cohort)}`;
	return page ? `${base}/${page}` : base;
}
