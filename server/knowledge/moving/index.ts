// The door of moving: articles in from folders of Markdown, everything out as an archive.
export { exportKnowledge } from './export-knowledge';
export { importFolder } from './import-folder';
export { exportPages, movingRoutes } from './moving.routes';
export { zip, type ZipFile } from './zip';
