import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node"
import { Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react"
import { deskNow } from "#app/clock.server.ts"
import { viewPath } from "#app/components/case-views.ts"
import { PostForm } from "#app/components/post-form.tsx"
import { titleOf } from "#app/components/title.ts"
import { idFrom, textOf } from "#app/form.ts"
import { agentById, listAgents } from "#app/models/people/agent.server.ts"
import { requireLead } from "#app/models/people/session.server.ts"
import { handOverAll, heldBy } from "#app/models/sharing/hand-over-all.server.ts"
import { pressForm } from "#app/press-form.server.ts"
import type { loader as root } from "#app/root.tsx"

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireLead(request)
  const agent = await agentById(idFrom(params.agentId) ?? 0)
  if (!agent) throw nobody()
  const [held, all] = await Promise.all([heldBy(viewer, agent.id, deskNow()), listAgents()])
  const others = all
    .filter(({ id, deactivatedAt }) => id !== agent.id && !deactivatedAt)
    .map(({ id, name }) => ({ id, name }))
  return json({ id: agent.id, name: agent.name, onUs: held.onUs.length, others: held.others.length, to: others })
}

/** Everything somebody holds to one person, or what waits on us to the pool. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireLead(request)
  const { by, form } = await pressForm(request, viewer)
  if (!(await agentById(idFrom(params.agentId) ?? 0))) throw nobody()
  const chosen = textOf(form, "to")
  const to = chosen === "pool" ? null : (idFrom(chosen) ?? 0)
  const done = await handOverAll(by, idFrom(params.agentId) ?? 0, to, deskNow())
  if (done === "not yours") throw new Response("Only a lead hands over what others hold.", { status: 403 })
  if (done === "no such agent") throw new Response("There is nobody like that to hand them to.", { status: 422 })
  return json(done)
}

const nobody = () => new Response("There is nobody like that on this desk.", { status: 404 })

export const meta: MetaFunction<typeof loader, { root: typeof root }> = ({ data, matches }) =>
  titleOf(`Cases of ${data?.name ?? "somebody"}`, matches.find(({ id }) => id === "root")?.data)

export default function HandOverAll() {
  const { id, name, onUs, others, to } = useLoaderData<typeof loader>()
  const isMoving = useNavigation().state === "submitting"
  return (
    <div className="page page--narrow">
      <header className="page__head">
        <h1>
          Cases of <bdi>{name}</bdi>
        </h1>
        <p className="quiet">
          {counted(onUs, "waits", "wait")} on us, {counted(others, "waits", "wait")} on the customer or for later.{" "}
          <Link to={viewPath("everyone", { agent: id })}>See them</Link>
        </p>
      </header>
      <Told />
      {onUs + others === 0 ? (
        <p>
          {name} holds no open case. <Link to="/load">Back to Load</Link>
        </p>
      ) : (
        <PostForm className="stack">
          <div className="field">
            <label htmlFor="to">Hand them over to</label>
            <select id="to" name="to" defaultValue="pool">
              <option value="pool">the pool: each goes to whoever has room</option>
              {to.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}, all of them
                </option>
              ))}
            </select>
            <p className="quiet small">
              To the pool goes what waits on us; the rest stays until the customer writes. To a person goes everything,
              past their limit if need be, save cases of mailboxes they do not answer.
            </p>
          </div>
          <div className="row">
            <button className="button button--primary" type="submit" disabled={isMoving}>
              {isMoving ? "Handing over" : "Hand over"}
            </button>
            <Link to="/load">Leave them</Link>
          </div>
        </PostForm>
      )}
    </div>
  )
}

function Told() {
  const done = useActionData<typeof action>()
  if (!done) return null
  return (
    <p className="notice" role="status">
      {counted(done.moved.length, "was", "were")} handed over.
      {done.stay.length > 0
        ? ` ${counted(done.stay.length, "stays", "stay")}, for that person does not answer their mailbox: ${done.stay.map((number) => `#${number}`).join(", ")}.`
        : ""}
    </p>
  )
}

const counted = (n: number, one: string, many: string) =>
  n === 1 ? `1 case ${one}` : `${n === 0 ? "No" : n} cases ${many}`
