import { describe, expect, it } from 'vitest';
import { Recipients } from './recipients.svelte.ts';
import type { Person } from './types.ts';

const person = (user: string): Person => ({
	user,
	name: user,
	username: user,
	suspended: false,
	standing: 'behind',
	progress: 0,
	overdue: 0,
	reasons: [],
	modules: [],
	signed_in: true,
	aid: { refreshers: [], extensions: [], written: [] }
});
const everybody = ['a', 'b', 'c'].map(person);
const asked = ({ user }: Person) => (user === 'b' ? 'due soon' : undefined);

async function recipients(options: ConstructorParameters<typeof Recipients>[2]): Promise<Recipients> {
	const made = new Recipients({ everybody: () => Promise.resolve(everybody) }, { filter: {} }, options);
	await made.all.load();
	return made;
}

function press(made: Recipients, user: string): string[] | undefined {
	made.toggle(person(user));
	return made.users;
}

describe('Recipients', () => {
	it('are those for whom nothing stands; the others are told', async () => {
		const made = await recipients({ stands: asked });
		expect(made.users).toEqual(['a', 'c']);
		expect(made.asked.map(({ person: { user }, what }) => `${user} ${what}`)).toEqual(['b due soon']);
		expect([press(made, 'b'), press(made, 'a')]).toEqual([['a', 'b', 'c'], ['b', 'c']]);
	});

	it('cannot be asked twice where once is enough', async () => {
		const made = await recipients({ stands: asked, once: true });
		expect(press(made, 'b')).toEqual(['a', 'c']);
	});

	it('are nobody until somebody is chosen', async () => {
		const made = await recipients({ stands: asked, once: true, nobody: true });
		expect([made.users, press(made, 'c')]).toEqual([[], ['c']]);
		made.choose(true);
		expect(made.users).toEqual(['a', 'c']);
		made.choose(false);
		expect(made.users).toEqual([]);
	});
});
