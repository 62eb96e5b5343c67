// No file may reach itself over imports, type imports counted: Tarjan's strongly connected components, without recursion.
import type { Edge } from './imports';
import type { Breach } from './sources';

interface Visit {
  index: number;
  low: number;
  open: boolean;
}

class Components {
  readonly found: string[][] = [];
  private readonly visits = new Map<string, Visit>();
  private readonly open: string[] = [];

  constructor(private readonly next: Map<string, string[]>) {
    for (const file of next.keys()) if (!this.visits.has(file)) this.explore(file);
  }

  private enter(file: string): Visit {
    const visit = { index: this.visits.size, low: this.visits.size, open: true };
    this.visits.set(file, visit);
    this.open.push(file);
    return visit;
  }

  private explore(start: string): void {
    const path = [{ file: start, visit: this.enter(start), left: [...(this.next.get(start) ?? [])] }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = top.left.pop();
      if (to === undefined) {
        path.pop();
        const above = path.at(-1);
        if (above) above.visit.low = Math.min(above.visit.low, top.visit.low);
        if (top.visit.low === top.visit.index) this.close(top.file);
        continue;
      }
      const seen = this.visits.get(to);
      if (!seen) path.push({ file: to, visit: this.enter(to), left: [...(this.next.get(to) ?? [])] });
      else if (seen.open) top.visit.low = Math.min(top.visit.low, seen.index);
    }
  }

  private close(root: string): void {
    const files: string[] = [];
    for (let file = this.open.pop(); file !== undefined; file = this.open.pop()) {
      const visit = this.visits.get(file);
      if (visit) visit.open = false;
      files.push(file);
      if (file === root) break;
    }
    if (files.length > 1 || this.next.get(root)?.includes(root)) this.found.push(files.sort());
  }
}

export function cycles(edges: Edge[]): Breach[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) if (to) next.set(from, [...(next.get(from) ?? []), to]);
  return new Components(next).found.map((files) => ({ file: files[0] ?? '', rule: 'no import cycles', detail: files.join(' ↔ ') }));
}
