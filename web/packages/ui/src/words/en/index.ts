import { app } from './app.js';
import { chat } from './chat.js';
import { errors } from './errors.js';
import { findings } from './findings.js';
import { gettingReady } from './getting_ready.js';
import { joining } from './joining.js';
import { order } from './order.js';
import { room } from './room.js';
import { sending } from './sending.js';
import { stage } from './stage.js';

/** Every word that is shown, in ICU message format. The other languages have the same keys. */
export const en = { ...app, ...gettingReady, ...joining, ...room, ...sending, chat, errors, findings, order, stage } as const;
