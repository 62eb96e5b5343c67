/** Puts what is known into `{{customer.name|there}}`; what follows | stands in when nothing is, and an unknown name stays to be seen. */
export function fill(text: string, known: Record<string, string>): string {
  return text.replace(/\{\{\s*([\w.-]+)\s*(?:\|([^}]*))?\}\}/g, (whole, name: string, instead?: string) => known[name] || instead?.trim() || (name in known ? '' : whole));
}
