type Marks = {
	/** What a screen reader says for a numbered mark. */
	labelOf: (number: number) => string;
	onmark: (number: number) => void;
	onterm: (id: string, button: HTMLElement) => void;
};

/** Gives the server's `button.mark` and `button.term` their names and listens for them; returns what stops it. */
export function bindMarks(root: HTMLElement, { labelOf, onmark, onterm }: Marks): () => void {
	for (const button of root.querySelectorAll<HTMLElement>('button.mark')) {
		button.setAttribute('type', 'button');
		if (!button.textContent?.trim()) button.textContent = button.dataset.mark ?? '';
		button.setAttribute('aria-label', labelOf(Number(button.dataset.mark)));
		button.setAttribute('aria-haspopup', 'dialog');
	}
	for (const button of root.querySelectorAll<HTMLElement>('button.term')) {
		button.setAttribute('type', 'button');
		button.setAttribute('aria-expanded', 'false');
	}

	function pressed(event: MouseEvent) {
		if (!(event.target instanceof Element)) return;
		const button = event.target.closest<HTMLElement>('button.mark, button.term');
		if (!button || !root.contains(button)) return;
		if (button.dataset.term) onterm(button.dataset.term, button);
		else onmark(Number(button.dataset.mark));
	}

	root.addEventListener('click', pressed);
	return () => root.removeEventListener('click', pressed);
}
