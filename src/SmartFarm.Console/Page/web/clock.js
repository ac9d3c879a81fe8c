// Ages are counted by the server's clock: the one of the browser may be wrong.

let offset = 0;

export const serverNow = () => Date.now() + offset;

export function setServerTime(iso) {
  offset = Date.parse(iso) - Date.now();
}
