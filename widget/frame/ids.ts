/** An id that nobody else makes: 32 hexadecimal digits. Works on pages without TLS as well. */
export const newId = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
