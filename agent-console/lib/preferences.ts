import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';
export type Contrast = 'normal' | 'more';
export type Ring = 'soft' | 'bell' | 'knock' | 'none';

/** What one person chose on this device; never sent anywhere. */
export interface Preferences {
  theme: Theme;
  contrast: Contrast;
  density: Density;
  /** Language of this device; empty follows the account. */
  language: string;
  ring: Ring;
  volume: number;
  notify: boolean;
  /** Command → keys, only where they differ from the default; an empty string switches the key off. */
  keymap: Record<string, string>;
  richText: boolean;
  railOpen: boolean;
  asideOpen: boolean;
  guideDone: boolean;
}

interface Store extends Preferences {
  set: (change: Partial<Preferences>) => void;
}

export const usePreferences = create<Store>()(persist((set) => ({
  theme: 'system', contrast: 'normal', density: 'comfortable', language: '', ring: 'soft', volume: 0.7, notify: false, keymap: {}, richText: false,
  railOpen: true, asideOpen: true, guideDone: false,
  set: (change) => set(change),
}), { name: 'trunkline.preferences', partialize: ({ set: _set, ...rest }) => rest }));

/** Mirrors the look into the attributes the style sheet reads; answers how to stop. */
export function followPreferences(): () => void {
  const apply = ({ theme, contrast, density }: Preferences) => Object.assign(document.documentElement.dataset, { theme, contrast, density });
  apply(usePreferences.getState());
  return usePreferences.subscribe(apply);
}
