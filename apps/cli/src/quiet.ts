import 'reflect-metadata'
import { Logger } from '@nestjs/common'

// What is printed is what a command says, and what goes wrong is its error.
Logger.overrideLogger(false)
