/** The longest side that the server keeps: more is not worth sending over a bad link. */
const SIDE = 2_000;
/** What is sent is at most this long, 8 MB in base64. */
export const MAX_BYTES = 6_000_000;
/** What the server reads. */
const READ = ['image/png', 'image/jpeg', 'image/gif'];

/** Why a file is not sent: it is no picture, or too large. */
export class PictureTrouble extends Error {
	constructor(readonly trouble: 'unknown' | 'tooLarge') {
		super(trouble);
	}
}

/** How wide and high a picture is sent. */
export function fitted(width: number, height: number, side = SIDE): { width: number; height: number } {
	const share = Math.min(1, side / Math.max(width, height, 1));
	return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

/**
 * A picture as it is sent: what the server reads and is not larger than it keeps goes as it is; a large photograph,
 * or one in a format that only the browser knows, is drawn anew. Where the browser cannot read it, the server judges.
 */
export async function prepared(file: File): Promise<Blob> {
	const drawing = file.type === 'image/svg+xml' ? undefined : await createImageBitmap(file).catch(() => undefined);
	const known = READ.includes(file.type);
	if (!drawing) {
		if (!known) throw new PictureTrouble('unknown');
		if (file.size > MAX_BYTES) throw new PictureTrouble('tooLarge');
		return file;
	}
	try {
		if (known && file.size <= MAX_BYTES && Math.max(drawing.width, drawing.height) <= SIDE) return file;
		const { width, height } = fitted(drawing.width, drawing.height);
		const canvas = new OffscreenCanvas(width, height);
		canvas.getContext('2d')?.drawImage(drawing, 0, 0, width, height);
		const drawn = await canvas.convertToBlob(file.type === 'image/jpeg' ? { type: 'image/jpeg', quality: 0.92 } : { type: 'image/png' });
		// A photograph in a format for drawings.
		const sent = drawn.size <= MAX_BYTES ? drawn : await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
		if (sent.size > MAX_BYTES) throw new PictureTrouble('tooLarge');
		return sent;
	} finally {
		drawing.close();
	}
}
