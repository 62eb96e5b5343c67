import type { Words } from '../locales/words';

/** What the loader hands to the frame when the visitor first shows intent. */
export interface Boot {
  /** Where Trunkline runs: scheme, host and port. */
  origin: string;
  shadow: ShadowRoot;
  /** Holds launcher and panel; carries lang, dir and the theme. */
  box: HTMLElement;
  launcher: HTMLButtonElement;
  /** The script tag's data- attributes. */
  options: Readonly<Record<string, string | undefined>>;
  /** Language the page asks for, empty when it does not say. */
  locale: string;
  addStyles(css: string): void;
  words(locale: string): Promise<Words>;
  emit(event: string, data: object): void;
}

/** What the frame's module offers the loader. */
export interface Frame {
  command(name: string, args: unknown[]): void;
}
