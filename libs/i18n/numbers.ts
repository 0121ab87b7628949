/** `4,200`: with the language's own separator, in Latin digits. */
export const formatCount = (n: number, language: string): string =>
  new Intl.NumberFormat(`${language}-u-nu-latn`).format(n);
