import { EmptyLists } from '../../nodes/Juspay/once/emptyLists';
import { settle } from './handClock';

const NEVER = new Promise<'stopped'>(() => {});

/** What a customer's create is allowed; `waits` while it has to wait. */
function ask(lists: EmptyLists, customer: string, stopped = NEVER) {
	let permit: string = 'waits';
	void lists.admit(customer, stopped).then((it) => (permit = it));
	return async () => {
		await settle();
		return permit;
	};
}

describe('a create that rests on an empty list', () => {
	it('is a trial where it is the first, and the others wait for what it shows', async () => {
		const lists = new EmptyLists();
		const first = ask(lists, 'a');
		const second = ask(lists, 'b');
		const third = ask(lists, 'c');
		expect([await first(), await second(), await third()]).toEqual(['trial', 'waits', 'waits']);
		lists.conclude(true);
		expect([await second(), await third()]).toEqual(['trusted', 'trusted']);
		expect(lists.isTrusted).toBe(true);
	});

	it('is refused once a list did not show what had been created', async () => {
		const lists = new EmptyLists();
		await ask(lists, 'a')();
		const second = ask(lists, 'b');
		lists.conclude(false, ['banh_1']);
		expect([await second(), await ask(lists, 'c')()]).toEqual(['refused', 'refused']);
		expect(lists.isTrusted).toBe(false);
	});

	it('is the next trial where the first has shown nothing, one at a time', async () => {
		const lists = new EmptyLists();
		await ask(lists, 'a')();
		const second = ask(lists, 'b');
		const third = ask(lists, 'c');
		lists.conclude(undefined);
		expect([await second(), await third()]).toEqual(['trial', 'waits']);
	});

	it('waits no longer where the workflow is stopped', async () => {
		const lists = new EmptyLists();
		await ask(lists, 'a')();
		const stopped = ask(lists, 'b', Promise.resolve('stopped'));
		expect(await stopped()).toBe('refused');
		lists.conclude(true);
		expect(await ask(lists, 'b')()).toBe('trusted');
	});

	it('is refused for a customer whose new accounts nobody has looked for, and for no other', async () => {
		const lists = new EmptyLists();
		lists.noteUnseen('a');
		expect([await ask(lists, 'a')(), await ask(lists, 'b')()]).toEqual(['refused', 'trial']);
	});

	it('is trusted again once a list shows what was created', async () => {
		const lists = new EmptyLists();
		lists.noteUnseen('a');
		lists.trust();
		lists.noteUnseen('b');
		expect([await ask(lists, 'a')(), await ask(lists, 'b')()]).toEqual(['trusted', 'trusted']);
	});
});

describe('a verdict against empty lists', () => {
	it.each([
		['one of the accounts that were missing', ['banh_0', 'banh_2'], 'trusted'],
		['others', ['banh_0'], 'refused'],
		['nothing', [], 'refused'],
	])('is taken back, or not, where a list shows %s', async (_, ids, permit) => {
		const lists = new EmptyLists();
		await ask(lists, 'a')();
		lists.conclude(false, ['banh_1', 'banh_2']);
		lists.observe(ids);
		expect(await ask(lists, 'b')()).toBe(permit);
	});
});

describe('the memory of such customers', () => {
	it('is bounded: the oldest are forgotten', async () => {
		const lists = new EmptyLists();
		for (let index = 0; index <= 10_000; index++) lists.noteUnseen(`customer ${index}`);
		expect(await ask(lists, 'customer 1')()).toBe('refused');
		expect(await ask(lists, 'customer 0')()).toBe('trial');
	});
});
