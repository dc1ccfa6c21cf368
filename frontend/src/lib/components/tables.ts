/** Sees to it that each table lies in a box of its own that scrolls; where it does scroll, the keyboard can reach the box. */
export function scrollTables(root: HTMLElement): void {
	for (const table of root.querySelectorAll('table')) {
		const box = table.closest<HTMLElement>('.table-scroll') ?? wrap(table);
		if (box.scrollWidth > box.clientWidth) makeReachable(box, table);
	}
}

function wrap(table: HTMLTableElement): HTMLElement {
	const box = document.createElement('div');
	box.className = 'table-scroll';
	table.replaceWith(box);
	box.append(table);
	return box;
}

function makeReachable(box: HTMLElement, table: HTMLTableElement): void {
	box.tabIndex = 0;
	box.setAttribute('role', 'group');
	const heads = [...table.querySelectorAll('th')].map((head) => head.textContent?.trim()).filter(Boolean);
	box.setAttribute('aria-label', heads.join(', '));
}
