/** Builds winmail.dat as Outlook writes it ([MS-OXTNEF]), for tests. */
export type Prop = { id: number; type: number; data: Uint8Array }

const u16 = (n: number) => Buffer.from([n & 255, (n >> 8) & 255])
const u32 = (n: number) => {
  const four = Buffer.alloc(4)
  four.writeUInt32LE(n >>> 0)
  return four
}
const padded = (data: Uint8Array) => Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)])

export const wide = (id: number, text: string): Prop => ({ id, type: 0x1f, data: Buffer.from(`${text}\0`, "utf16le") })
export const narrow = (id: number, text: string): Prop => ({ id, type: 0x1e, data: Buffer.from(`${text}\0`) })
export const binary = (id: number, data: Uint8Array): Prop => ({ id, type: 0x102, data })

export function props(list: Prop[]) {
  const values = list.map(({ id, type, data }) =>
    Buffer.concat([u16(type), u16(id), u32(1), u32(data.length), padded(data)]),
  )
  return Buffer.concat([u32(list.length), ...values])
}

function attribute(level: number, id: number, data: Uint8Array) {
  const sum = data.reduce((total, byte) => (total + byte) & 0xffff, 0)
  return Buffer.concat([Buffer.from([level]), u32(id), u32(data.length), data, u16(sum)])
}

type File = { title: string; data: Uint8Array; more?: Prop[] }

export function winmail({ message = [], files = [] }: { message?: Prop[]; files?: File[] }) {
  const attached = files.flatMap(({ title, data, more }) => [
    attribute(2, 0x00069002, Buffer.alloc(14)),
    attribute(2, 0x00018010, Buffer.from(`${title}\0`)),
    attribute(2, 0x0006800f, data),
    ...(more ? [attribute(2, 0x00069005, props(more))] : []),
  ])
  const head = [u32(0x223e9f78), u16(1), attribute(1, 0x00069003, props(message))]
  return Buffer.concat([...head, ...attached])
}

/** RTF in the packed form's plain variant. */
export const unpackedRtf = (rtf: string) =>
  Buffer.concat([u32(rtf.length + 12), u32(rtf.length), u32(0x414c454d), u32(0), Buffer.from(rtf, "latin1")])
