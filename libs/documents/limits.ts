const MIB = 1024 * 1024;

/** `product.md`, Request form: attachments. Sizes in bytes. */
export const FILE_BYTES = 10 * MIB;
export const CASE_FILES = 10;
export const CASE_BYTES = 25 * MIB;

/** What files of mail on no case may take up, of all senders together: anybody can send some. Bytes. */
export interface TriageRoom {
  /** Of what came within 24 hours, so that one flood does not take the place of the others. */
  day: number;
  all: number;
}
export const TRIAGE_ROOM: TriageRoom = { day: 100 * MIB, all: 500 * MIB };
