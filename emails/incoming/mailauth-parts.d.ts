declare module "mailauth/lib/parse-dkim-headers.js" {
  /** A header field into what stands in it; `parsed` holds objects by tag. */
  export default function parseField(field: string): { parsed: Record<string, unknown> }
}
