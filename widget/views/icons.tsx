const icon = (d: string, turns = false) => () => <svg class={turns ? 'icon turns' : 'icon'} viewBox="0 0 24 24" aria-hidden="true"><path d={d} /></svg>;

export const CloseIcon = icon('M6 6l12 12M18 6 6 18');
export const BackIcon = icon('M15 5l-7 7 7 7', true);
export const NextIcon = icon('M9 6l6 6-6 6', true);
export const SearchIcon = icon('M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM16 16l4 4');
export const ChatIcon = icon('M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5Z', true);
export const MailIcon = icon('M4 6h16v12H4ZM4 7l8 6 8-6');
export const SendIcon = icon('M4 12 20 4l-5 16-4-7Z', true);
export const FileIcon = icon('M20 11l-8 8a5 5 0 0 1-7-7l8-8a3.5 3.5 0 0 1 5 5l-8 8a2 2 0 0 1-3-3l7-7');
export const EmojiIcon = icon('M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5v.5M15 9.5v.5');
export const DownloadIcon = icon('M12 4v11M7 11l5 5 5-5M5 20h14');
