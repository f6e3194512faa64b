// @costage/sdk/compat: the names and words of the published co-hosting guides, over the same client. A guide's code runs with
// other imports. Invitations that were accepted are `approved` here, and lists take a callback.
export * from './compat_functions.js';
export * from './compat_presence.js';
export * from './compat_repositories.js';
