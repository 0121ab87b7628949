import type { Via } from '../answers.js';

/** What an event keeps of how its answer came; nothing for whoever was signed in. */
export const viaOf = ({ by, acceptedBy }: Via): Via => ({ ...(by && { by }), ...(acceptedBy && { acceptedBy }) });
