/** Hands a file to the browser, as a press on a link to it would. */
export function download(blob: Blob, name: string): void {
	const url = URL.createObjectURL(blob);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// Some browsers read the address only after the press.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
