import ExcelJS from 'exceljs'
import { compete, connect, cursorOf, task } from './harness.js'

/** A cursor and exceljs's streaming writer. */
await compete(async (body) => {
  const client = await connect()
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: body, useStyles: true })
  const sheet = workbook.addWorksheet('Sheet1', { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.addRow(task.header).commit()
  let rows = 0
  for await (const row of cursorOf(client)) {
    sheet.addRow(row as unknown[]).commit()
    rows++
  }
  await workbook.commit()
  await client.end()
  return rows
})
