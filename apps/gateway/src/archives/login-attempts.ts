import { Injectable } from '@nestjs/common'
import { FailedAttempts } from '../http/failed-attempts.js'

/** Limits how often an address may fail to log in to the archive pages. Sessions that are open are not held up. */
@Injectable()
export class LoginAttempts extends FailedAttempts {}
