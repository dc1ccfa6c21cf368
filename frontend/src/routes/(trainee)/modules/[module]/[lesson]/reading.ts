/** How much of a box that starts at `top` and is `height` high lies above the lower edge of the window: 0..1. */
export function shareAbove(top: number, height: number, windowHeight: number): number {
	if (height <= 0) return 0;
	return Math.min(1, Math.max(0, (windowHeight - top) / height));
}

/** Within this of its end the text counts as read: the last line need not be at the very edge. */
const END = 0.98;

/** Tells how far the text was scrolled into view; at most once per drawn frame. Returns what stops it. */
export function watchReading(text: HTMLElement, tell: (share: number, end: boolean) => void): () => void {
	let frame = 0;

	function measure() {
		frame = 0;
		const { top, height } = text.getBoundingClientRect();
		const share = shareAbove(top, height, window.innerHeight);
		tell(share, share >= END);
	}

	function moved() {
		frame ||= requestAnimationFrame(measure);
	}

	moved();
	window.addEventListener('scroll', moved, { passive: true });
	window.addEventListener('resize', moved);
	return () => {
		cancelAnimationFrame(frame);
		window.removeEventListener('scroll', moved);
		window.removeEventListener('resize', moved);
	};
}
