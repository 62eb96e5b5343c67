export async function sanitiseMailHtml(html: string): Promise<string> {
  return Promise.resolve(html);
}
