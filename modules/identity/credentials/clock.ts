import { Injectable } from '@nestjs/common';

/** What time it is, for everything that expires. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
