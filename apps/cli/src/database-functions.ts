import type { RepeatableSql } from '#core'
import { exportFunctions } from '#exports'
import { leadFunctions } from '#leads'

/** The SQL functions of every feature, which `migrate` makes anew after the migrations. */
export const databaseFunctions: readonly RepeatableSql[] = [...leadFunctions, ...exportFunctions]
