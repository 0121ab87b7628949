const MIB = 1024 * 1024;

/** `product.md`, Request form: attachments. Sizes in bytes. */
export const FILE_BYTES = 10 * MIB;
export const CASE_FILES = 10;
export const CASE_BYTES = 25 * MIB;
