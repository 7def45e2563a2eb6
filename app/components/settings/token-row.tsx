import type { Scope } from "#app/models/people/scope.ts"
import { PostForm } from "../post-form.tsx"
import { Day, Time } from "../time.tsx"

export type ShownToken = {
  id: number
  name: string
  scopes: Scope[]
  /** By name; null: all there are. */
  mailboxes: string[] | null
  owner: string | null
  ownerLeft: boolean
  createdAt: string
  lastUsedAt: string | null
  expiresAt: string | null
  isOver: boolean
}

/** What a token may, where, whose it is, and how long still. */
export const TokenRow = ({ token }: { token: ShownToken }) => (
  <tr>
    <th scope="row">{token.name}</th>
    <td>{token.scopes.join(", ")}</td>
    <td>{token.mailboxes === null ? "all mailboxes" : token.mailboxes.join(", ")}</td>
    <td>
      {token.owner ?? "the command line"}
      {token.ownerLeft ? " (deactivated; no longer works)" : ""}
    </td>
    <td>
      <Day at={token.createdAt} />
    </td>
    <td>{token.lastUsedAt ? <Time at={token.lastUsedAt} /> : "never"}</td>
    <td>
      {token.expiresAt ? <Day at={token.expiresAt} /> : "never"}
      {token.isOver ? " (expired)" : ""}
    </td>
    <td>
      <PostForm action="/settings/tokens/revocation">
        <button className="button button--quiet button--small" type="submit" name="id" value={token.id}>
          Revoke<span className="spoken"> {token.name}</span>
        </button>
      </PostForm>
    </td>
  </tr>
)
