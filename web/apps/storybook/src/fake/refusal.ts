/** What the server does not do, and why. */
export class Refusal {
  constructor(
    readonly refused: string,
    readonly detail: string,
  ) {}
}
