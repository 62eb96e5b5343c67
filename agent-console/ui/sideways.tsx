import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { cx } from '../lib/cx';

interface More { before: boolean; after: boolean }
const none: More = { before: false, after: false };

/** What of an element lies beyond its edges, in reading direction. */
function beyond({ scrollLeft, scrollWidth, clientWidth }: Element): More {
  const at = Math.abs(scrollLeft);
  return { before: at > 1, after: at < scrollWidth - clientWidth - 1 };
}

const edge = 'pointer-events-none absolute inset-y-0 w-4 from-shade to-transparent transition-opacity duration-(--quick)';

/** Something wide that scrolls sideways by itself, by keyboard too; a shade at an edge says that there is more. */
export function Sideways({ label, children }: { label: string; children: ReactNode }) {
  const region = useRef<HTMLDivElement>(null);
  const [more, setMore] = useState(none);
  // Before it is painted, so that it is never to be scrolled and not to be reached.
  useLayoutEffect(() => {
    const here = region.current;
    if (!here) return undefined;
    const look = () => setMore((old) => {
      const now = beyond(here);
      return now.before === old.before && now.after === old.after ? old : now;
    });
    look();
    const watch = new ResizeObserver(look);
    for (const one of [here, ...here.children]) watch.observe(one);
    here.addEventListener('scroll', look, { passive: true });
    return () => {
      watch.disconnect();
      here.removeEventListener('scroll', look);
    };
  }, []);
  return (
    <div className="relative">
      <div ref={region} role="region" aria-label={label} tabIndex={more.before || more.after ? 0 : undefined} className="relative overflow-x-auto">{children}</div>
      <span aria-hidden data-edge="before" className={cx(edge, 'start-0 bg-linear-to-r rtl:bg-linear-to-l', more.before ? 'opacity-100' : 'opacity-0')} />
      <span aria-hidden data-edge="after" className={cx(edge, 'end-0 bg-linear-to-l rtl:bg-linear-to-r', more.after ? 'opacity-100' : 'opacity-0')} />
    </div>
  );
}
