// A WebSocket as browsers have it, for Node 20, which has none: the one that Socket.IO's own server stands on.
import { createRequire } from 'node:module';

const socketIo = createRequire(require.resolve('socket.io'));
const WebSocketOfServer = createRequire(socketIo.resolve('engine.io'))('ws') as typeof WebSocket;

export const dial = (url: string): WebSocket => new WebSocketOfServer(url);
