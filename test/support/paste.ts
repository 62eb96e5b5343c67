// A picture on the clipboard, as a screenshot is.

/** A PNG of one pixel, in base64. */
export const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Pastes it into a field: `locator.evaluate(pastePicture, dot)`. Runs in the page. */
export function pastePicture(field: Element, content: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], 'pasted.png', { type: 'image/png' }));
  field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true, clipboardData }));
}
