/** For whoever means to say the same once more, where the desk took it for a second press. */
export function Again({ words }: { words: string }) {
  return (
    <p>
      <button className="button" type="submit" name="again" value="1">
        {words}
      </button>
    </p>
  )
}
