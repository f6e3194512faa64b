/** Of the studio's package, put in when it is built: rooms may ask that invitees have a newer one. */
export const kStudioVersion: string = __STUDIO_VERSION__;

declare const __STUDIO_VERSION__: string;
