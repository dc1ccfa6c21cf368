// No server renders pages: the binary sends one shell for every address.
export const ssr = false;
export const prerender = false;
