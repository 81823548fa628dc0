import { Injectable } from '@nestjs/common'

/** Whether this gateway is about to end: it still answers, and whoever chooses among several takes another. */
@Injectable()
export class Draining {
  private begun = false

  get underWay(): boolean {
    return this.begun
  }

  begin(): void {
    this.begun = true
  }
}
