// Made by `npm run client` from the schemas that the gateway validates by. Not to be edited.

export interface components {
  schemas: {
    /**
     * @example {
     *       "chatbotId": "cb_1234567890abcdef",
     *       "startDate": "2023-01-01",
     *       "endDate": "2023-12-12",
     *       "page": 1,
     *       "size": 10
     *     }
     */
    GetLeadsBody: {
      /**
       * @description Required, here or as agentId
       * @example cb_1234567890abcdef
       */
      chatbotId?: string
      /** @description Another name of chatbotId */
      agentId?: string
      /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (inclusive) */
      startDate?: string
      /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (exclusive) */
      endDate?: string
      /** @description Default 1 */
      page?: number
      /** @description Default 20; more than 100 counts as 100 */
      size?: number
      /** @description next of the page before; goes without page */
      cursor?: string
    }
    /**
     * @example {
     *       "data": [
     *         {
     *           "id": 0,
     *           "created_at": "2023-07-10T10:30:00.000Z",
     *           "chatbot_owner_user_id": "user_1",
     *           "chatbot_id": "cb_1234567890abcdef",
     *           "phone": "+1-555-123-4567",
     *           "email": "john.doe@example.com",
     *           "name": "John Doe",
     *           "lead_id": "lead_1234567890abcdef",
     *           "account_id": "5970d180adf62b28c8630566"
     *         }
     *       ],
     *       "collectedCustomers": [
     *         {
     *           "id": 0,
     *           "created_at": "2023-07-10T10:30:00.000Z",
     *           "chatbot_owner_user_id": "user_1",
     *           "chatbot_id": "cb_1234567890abcdef",
     *           "phone": "+1-555-123-4567",
     *           "email": "john.doe@example.com",
     *           "name": "John Doe",
     *           "lead_id": "lead_1234567890abcdef",
     *           "account_id": "5970d180adf62b28c8630566"
     *         }
     *       ],
     *       "pagination": {
     *         "page": 1,
     *         "size": 10,
     *         "hasMore": false,
     *         "next": null
     *       }
     *     }
     */
    GetLeadsAnswer: {
      data: components['schemas']['CollectedCustomer'][]
      /** @description The same list */
      collectedCustomers: components['schemas']['CollectedCustomer'][]
      pagination: components['schemas']['Pagination']
    }
    /**
     * @example {
     *       "id": 0,
     *       "created_at": "2023-07-10T10:30:00.000Z",
     *       "chatbot_owner_user_id": "user_1",
     *       "chatbot_id": "cb_1234567890abcdef",
     *       "phone": "+1-555-123-4567",
     *       "email": "john.doe@example.com",
     *       "name": "John Doe",
     *       "lead_id": "lead_1234567890abcdef",
     *       "account_id": "5970d180adf62b28c8630566"
     *     }
     */
    CollectedCustomer: {
      /** @description The lead's number */
      id: number
      /**
       * Format: date-time
       * @description ISO-8601 with milliseconds and Z
       */
      created_at: string
      chatbot_owner_user_id: string
      chatbot_id: string
      phone: string | null
      email: string | null
      name: string | null
      /** @description The same lead in the workspace API */
      lead_id: string
      account_id: string
    }
    Pagination: {
      /** @description null on a page that was reached by a cursor */
      page: number | null
      size: number
      hasMore: boolean
      /** @description The cursor of the next page */
      next: string | null
    }
    /**
     * @example {
     *       "name": "John Doe",
     *       "email": "john.doe@example.com",
     *       "phone": "+1-555-123-4567",
     *       "source": "website",
     *       "status": "new",
     *       "metadata": {
     *         "utm_source": "google",
     *         "utm_campaign": "spring_2024",
     *         "interests": [
     *           "product_a",
     *           "product_b"
     *         ],
     *         "company": "Tech Corp",
     *         "job_title": "Marketing Manager"
     *       }
     *     }
     */
    NewLead: {
      name: string
      email: string
      /** @description Empty counts as null */
      phone?: string | null
      /** @description Empty counts as null */
      source?: string | null
      /**
       * @default new
       * @enum {string}
       */
      status?: 'new' | 'contacted' | 'qualified' | 'converted' | 'lost' | 'follow_up'
      /**
       * @description Any JSON: at most 100 keys of 200 characters, 16 KB, 31 levels
       * @default {}
       */
      metadata?: {
        [key: string]: unknown
      }
    }
    /**
     * @example {
     *       "success": true,
     *       "data": {
     *         "id": "lead_1234567890abcdef",
     *         "name": "John Doe",
     *         "email": "john.doe@example.com",
     *         "phone": "+1-555-123-4567",
     *         "source": "website",
     *         "status": "new",
     *         "metadata": {
     *           "utm_source": "google",
     *           "utm_campaign": "spring_2024",
     *           "interests": [
     *             "product_a",
     *             "product_b"
     *           ],
     *           "company": "Tech Corp",
     *           "job_title": "Marketing Manager"
     *         },
     *         "createdAt": "2024-01-15T10:30:00.000Z",
     *         "updatedAt": "2024-01-15T10:30:00.000Z",
     *         "workspaceId": "ws_your_workspace_id"
     *       }
     *     }
     */
    LeadAnswer: {
      /** @enum {boolean} */
      success: true
      data: components['schemas']['Lead']
    }
    Lead: {
      /** @description lead_ and 16 hex digits */
      id: string
      name: string | null
      email: string | null
      phone: string | null
      source: string | null
      /** @enum {string} */
      status: 'new' | 'contacted' | 'qualified' | 'converted' | 'lost' | 'follow_up'
      metadata: {
        [key: string]: unknown
      }
      /** Format: date-time */
      createdAt: string
      /** Format: date-time */
      updatedAt: string
      workspaceId: string
    }
    /**
     * @example {
     *       "name": "John Doe",
     *       "email": "john.doe@example.com",
     *       "phone": "+1-555-123-4567",
     *       "source": "website",
     *       "status": "new",
     *       "metadata": {
     *         "utm_source": "google",
     *         "utm_campaign": "spring_2024",
     *         "interests": [
     *           "product_a",
     *           "product_b"
     *         ],
     *         "company": "Tech Corp",
     *         "job_title": "Marketing Manager"
     *       }
     *     }
     */
    NewLeadOfWorkspace: {
      name: string
      email: string
      /** @description Empty counts as null */
      phone?: string | null
      /** @description Empty counts as null */
      source?: string | null
      /**
       * @default new
       * @enum {string}
       */
      status?: 'new' | 'contacted' | 'qualified' | 'converted' | 'lost' | 'follow_up'
      /**
       * @description Any JSON: at most 100 keys of 200 characters, 16 KB, 31 levels
       * @default {}
       */
      metadata?: {
        [key: string]: unknown
      }
      /** @description Absent: the workspace's default chatbot */
      chatbotId?: string
    }
    /**
     * @example {
     *       "success": true,
     *       "data": [
     *         {
     *           "id": "lead_1234567890abcdef",
     *           "name": "John Doe",
     *           "email": "john.doe@example.com",
     *           "phone": "+1-555-123-4567",
     *           "source": "website",
     *           "status": "new",
     *           "metadata": {
     *             "utm_source": "google",
     *             "utm_campaign": "spring_2024",
     *             "interests": [
     *               "product_a",
     *               "product_b"
     *             ],
     *             "company": "Tech Corp",
     *             "job_title": "Marketing Manager"
     *           },
     *           "createdAt": "2024-01-15T10:30:00.000Z",
     *           "updatedAt": "2024-01-15T10:30:00.000Z",
     *           "workspaceId": "ws_your_workspace_id"
     *         }
     *       ],
     *       "pagination": {
     *         "page": 1,
     *         "size": 20,
     *         "hasMore": false,
     *         "next": null
     *       }
     *     }
     */
    LeadList: {
      /** @enum {boolean} */
      success: true
      data: components['schemas']['Lead'][]
      pagination: components['schemas']['Pagination']
    }
    /**
     * @description What is absent stays; metadata replaces the object there was
     * @example {
     *       "status": "contacted"
     *     }
     */
    LeadPatch: {
      name?: string
      email?: string
      /** @description Empty counts as null */
      phone?: string | null
      /** @description Empty counts as null */
      source?: string | null
      /** @enum {string} */
      status?: 'new' | 'contacted' | 'qualified' | 'converted' | 'lost' | 'follow_up'
      /** @description Any JSON: at most 100 keys of 200 characters, 16 KB, 31 levels */
      metadata?: {
        [key: string]: unknown
      }
    }
    /**
     * @example {
     *       "data": [
     *         {
     *           "id": "5d7aa7b9a2b64670f6653afe",
     *           "accountId": "5970d180adf62b28c8630566",
     *           "externalId": "2841956135",
     *           "platform": "messenger",
     *           "firstName": "Juan",
     *           "lastName": "Perez",
     *           "createdAt": "2019-09-12T20:16:57.120Z",
     *           "updatedAt": "2019-09-13T20:29:06.684Z"
     *         }
     *       ],
     *       "pagination": {
     *         "page": 1,
     *         "size": 20,
     *         "hasMore": false,
     *         "next": null
     *       }
     *     }
     */
    MessageUserList: {
      data: components['schemas']['MessageUser'][]
      pagination: components['schemas']['Pagination']
    }
    /**
     * @example {
     *       "id": "5d7aa7b9a2b64670f6653afe",
     *       "accountId": "5970d180adf62b28c8630566",
     *       "externalId": "2841956135",
     *       "platform": "messenger",
     *       "firstName": "Juan",
     *       "lastName": "Perez",
     *       "createdAt": "2019-09-12T20:16:57.120Z",
     *       "updatedAt": "2019-09-13T20:29:06.684Z"
     *     }
     */
    MessageUser: {
      /** @description 24 hex digits */
      id: string
      accountId: string
      /** @description The person's id on the platform */
      externalId: string
      platform: string
      firstName: string | null
      lastName: string | null
      /** Format: date-time */
      createdAt: string
      /** Format: date-time */
      updatedAt: string
    }
    /**
     * @example {
     *       "data": [
     *         {
     *           "id": "evt_5d7bfc1298317f98",
     *           "time": "2019-09-13T20:29:05.100Z",
     *           "chatbotId": "cb_1234567890abcdef",
     *           "bot": "asistente-tarjetas",
     *           "accountId": "5970d180adf62b28c8630566",
     *           "messageUser": "5d7aa7b9a2b64670f6653afe",
     *           "platform": "messenger",
     *           "firstName": "Juan",
     *           "lastName": "Perez",
     *           "sender": "user",
     *           "text": "Quiero sacar una tarjeta"
     *         }
     *       ],
     *       "pagination": {
     *         "page": 1,
     *         "size": 20,
     *         "hasMore": false,
     *         "next": null
     *       }
     *     }
     */
    MessageList: {
      data: components['schemas']['Message'][]
      pagination: components['schemas']['Pagination']
    }
    /**
     * @example {
     *       "id": "evt_5d7bfc1298317f98",
     *       "time": "2019-09-13T20:29:05.100Z",
     *       "chatbotId": "cb_1234567890abcdef",
     *       "bot": "asistente-tarjetas",
     *       "accountId": "5970d180adf62b28c8630566",
     *       "messageUser": "5d7aa7b9a2b64670f6653afe",
     *       "platform": "messenger",
     *       "firstName": "Juan",
     *       "lastName": "Perez",
     *       "sender": "user",
     *       "text": "Quiero sacar una tarjeta"
     *     }
     */
    Message: {
      /** @description The event's id, as it was sent */
      id: string
      /**
       * Format: date-time
       * @description When it happened
       */
      time: string
      chatbotId: string
      /** @description The chatbot's name */
      bot: string
      accountId: string
      /** @description The message user's id, 24 hex digits */
      messageUser: string
      platform: string
      firstName: string | null
      lastName: string | null
      /**
       * @description Who wrote it: the message user or the chatbot
       * @enum {string}
       */
      sender: 'user' | 'bot'
      text: string | null
    }
    /**
     * @example {
     *       "data": [
     *         {
     *           "id": "evt_5d7bfc1298317f99",
     *           "time": "2019-09-13T20:29:06.684Z",
     *           "chatbotId": "cb_1234567890abcdef",
     *           "bot": "asistente-tarjetas",
     *           "accountId": "5970d180adf62b28c8630566",
     *           "messageUser": "5d7aa7b9a2b64670f6653afe",
     *           "platform": "messenger",
     *           "firstName": "Juan",
     *           "lastName": "Perez",
     *           "funnel": "sacarTarjeta",
     *           "group": "Sacar Tarjeta",
     *           "interaction": "DNI",
     *           "data": [
     *             {
     *               "name": "DNI",
     *               "cxt": "12345678"
     *             }
     *           ]
     *         }
     *       ],
     *       "pagination": {
     *         "page": 1,
     *         "size": 20,
     *         "hasMore": false,
     *         "next": null
     *       }
     *     }
     */
    InteractionList: {
      data: components['schemas']['Interaction'][]
      pagination: components['schemas']['Pagination']
    }
    /**
     * @example {
     *       "id": "evt_5d7bfc1298317f99",
     *       "time": "2019-09-13T20:29:06.684Z",
     *       "chatbotId": "cb_1234567890abcdef",
     *       "bot": "asistente-tarjetas",
     *       "accountId": "5970d180adf62b28c8630566",
     *       "messageUser": "5d7aa7b9a2b64670f6653afe",
     *       "platform": "messenger",
     *       "firstName": "Juan",
     *       "lastName": "Perez",
     *       "funnel": "sacarTarjeta",
     *       "group": "Sacar Tarjeta",
     *       "interaction": "DNI",
     *       "data": [
     *         {
     *           "name": "DNI",
     *           "cxt": "12345678"
     *         }
     *       ]
     *     }
     */
    Interaction: {
      /** @description The event's id, as it was sent */
      id: string
      /**
       * Format: date-time
       * @description When it happened
       */
      time: string
      chatbotId: string
      /** @description The chatbot's name */
      bot: string
      accountId: string
      /** @description The message user's id, 24 hex digits */
      messageUser: string
      platform: string
      firstName: string | null
      lastName: string | null
      funnel: string
      group: string
      /** @description The step that was reached */
      interaction: string
      /** @description What was collected at it */
      data: {
        name: string
        cxt: string
      }[]
    }
    /**
     * @example {
     *       "message": "Te enviaremos un email en cuanto se termine de procesar el listado",
     *       "exportId": "exp_4ce21ad0853e4b48",
     *       "statusUrl": "https://your-domain.com/api/v1/exports/exp_4ce21ad0853e4b48"
     *     }
     */
    LeadExportAnswer: {
      /** @description In Spanish, or as Accept-Language wants it in English */
      message: string
      exportId: string
      /** Format: uri */
      statusUrl: string
    }
    /**
     * @example {
     *       "limit": 10,
     *       "skip": 0,
     *       "funnels": {
     *         "sacarTarjeta": {
     *           "interactions": [
     *             "INICIO",
     *             "DNI",
     *             "CELULAR",
     *             "INGRESO",
     *             "FIN"
     *           ],
     *           "groups": [
     *             {
     *               "doubleCounting": true,
     *               "newAt": 24,
     *               "interactions": [
     *                 "INICIO",
     *                 "DNI",
     *                 "CELULAR",
     *                 "INGRESO",
     *                 "FIN"
     *               ],
     *               "_id": "5d7a6b9266f1bf664e3f6a7b",
     *               "funnelId": "sacarTarjeta",
     *               "name": "Sacar Tarjeta"
     *             }
     *           ]
     *         }
     *       },
     *       "hasMore": false,
     *       "next": null
     *     }
     */
    Funnels: {
      limit: number
      /** @description 0 on a page that was reached by a cursor */
      skip: number
      /** @description By name, in the order of creation */
      funnels: {
        [key: string]: components['schemas']['Funnel']
      }
      hasMore: boolean
      /** @description The cursor of the next page */
      next: string | null
    }
    Funnel: {
      interactions: string[]
      groups: components['schemas']['FunnelGroup'][]
    }
    FunnelGroup: {
      /** @description Whether who comes again later is a record of its own */
      doubleCounting: boolean
      /** @description Hours without an interaction after which one does */
      newAt: number
      interactions: string[]
      /** @description 24 hex digits */
      _id: string
      /** @description The funnel's name */
      funnelId: string
      name: string
    }
    /**
     * @example {
     *       "limit": 10,
     *       "skip": 0,
     *       "objects": [
     *         {
     *           "_id": "5d7bfc1298317f98fa111f99",
     *           "app": "57add9d952a84d940c9194a6",
     *           "account": "5970d180adf62b28c8630566",
     *           "interaction": {
     *             "funnel": "sacarTarjeta",
     *             "last": "INGRESO",
     *             "group": "Sacar Tarjeta"
     *           },
     *           "user": {
     *             "extraData": [
     *               {
     *                 "name": "DNI",
     *                 "cxt": "12345678"
     *               },
     *               {
     *                 "name": "Celular",
     *                 "cxt": "1412345678"
     *               },
     *               {
     *                 "name": "Ingreso",
     *                 "cxt": "1000"
     *               }
     *             ],
     *             "messageUser": "5d7aa7b9a2b64670f6653afe",
     *             "platform": "messenger",
     *             "firstName": "Juan",
     *             "lastName": "Perez"
     *           },
     *           "createdAt": "2019-09-13T20:29:06.684Z",
     *           "updatedAt": "2019-09-13T20:31:05.057Z"
     *         }
     *       ],
     *       "hasMore": false,
     *       "next": null
     *     }
     */
    Records: {
      limit: number
      /** @description 0 on a page that was reached by a cursor */
      skip: number
      objects: components['schemas']['Record'][]
      hasMore: boolean
      /** @description The cursor of the next page */
      next: string | null
    }
    Record: {
      /** @description 24 hex digits */
      _id: string
      /** @description The chatbot's 24 hex digits */
      app: string
      account: string
      interaction: {
        funnel: string
        /** @description The furthest interaction reached */
        last: string
        group: string
      }
      user: {
        /** @description What the user told */
        extraData: {
          name: string
          cxt: string
        }[]
        /** @description 24 hex digits */
        messageUser: string
        platform: string
        firstName: string | null
        lastName: string | null
      }
      /** Format: date-time */
      createdAt: string
      /** Format: date-time */
      updatedAt: string
    }
    /**
     * @example {
     *       "objects": [
     *         {
     *           "prefix": "funnels",
     *           "complete": "funnels/"
     *         },
     *         {
     *           "prefix": "leads",
     *           "complete": "leads/"
     *         },
     *         {
     *           "prefix": "messageUsers",
     *           "complete": "messageUsers/"
     *         },
     *         {
     *           "prefix": "messages",
     *           "complete": "messages/"
     *         }
     *       ],
     *       "limit": 1000,
     *       "hasMore": false,
     *       "next": null
     *     }
     */
    ArchiveList: {
      objects: components['schemas']['ArchiveObject'][]
      limit: number
      hasMore: boolean
      /** @description The cursor of the next page */
      next: string | null
    }
    ArchiveObject: {
      /** @description The last segment */
      prefix: string
      /** @description The whole path; of a folder with a slash at its end */
      complete: string
      /** @description Of a file: bytes */
      size?: number
      /** @description Of a file */
      rows?: number
      /** @description Of a file: YYYY-MM-DD */
      date?: string
    }
    /**
     * @example {
     *       "expiresIn": 86400,
     *       "url": "https://s3.amazonaws.com/chattonic.mobile-tonic.com/archive/demo_codename/csv/funnels/account-webchattonic-accountId/2021-05-01.zip"
     *     }
     */
    ArchiveUrl: {
      /** @description Seconds that the URL is still good for */
      expiresIn: number
      /** Format: uri */
      url: string
    }
    /**
     * @example {
     *       "accepted": 1,
     *       "duplicates": 1,
     *       "rejected": 1,
     *       "events": [
     *         {
     *           "index": 0,
     *           "id": "evt_01J9Z0M3",
     *           "status": "duplicate"
     *         },
     *         {
     *           "index": 1,
     *           "id": "evt_01J9Z0M4",
     *           "status": "accepted"
     *         },
     *         {
     *           "index": 2,
     *           "id": "evt_01J9Z0M5",
     *           "status": "rejected",
     *           "error": {
     *             "field": "user.id",
     *             "message": "Is required"
     *           }
     *         }
     *       ]
     *     }
     */
    EventsAnswer: {
      accepted: number
      duplicates: number
      rejected: number
      /** @description One for each, in the order of the request */
      events: components['schemas']['EventOutcome'][]
    }
    EventOutcome: {
      /** @description Its place in the request, from 0 */
      index: number
      /** @description Its id; null where it has none that can be read */
      id: string | null
      /** @enum {string} */
      status: 'accepted' | 'duplicate' | 'rejected'
      /** @description Of one that was rejected */
      error?: {
        /** @description What of the event is wrong, e.g. user.id; null: all of it */
        field: string | null
        message: string
      }
    }
    /**
     * @example {
     *       "from": "2021-05-01",
     *       "to": "2021-05-02"
     *     }
     */
    NewArchiveBuild: {
      /** @description YYYY-MM-DD by the workspace's clock: the first day */
      from: string
      /** @description The last day, which has to be over; at most 366 days */
      to: string
    }
    /**
     * @example {
     *       "timeZone": "America/Lima",
     *       "days": [
     *         {
     *           "day": "2021-05-01",
     *           "state": "due"
     *         },
     *         {
     *           "day": "2021-05-02",
     *           "state": "due"
     *         }
     *       ]
     *     }
     */
    ArchiveBuild: {
      /** @description The workspace's: its days are from midnight to midnight there */
      timeZone: string
      /** @description What was queued, oldest first */
      days: components['schemas']['ArchiveDay'][]
    }
    ArchiveDay: {
      /** Format: date */
      day: string
      /**
       * @description building: a build of it is under way, and another follows
       * @enum {string}
       */
      state: 'due' | 'building'
    }
    /**
     * @example {
     *       "dataset": "leads",
     *       "format": "csv",
     *       "gzip": true,
     *       "filter": {
     *         "startDate": "2024-01-01",
     *         "status": "new"
     *       },
     *       "columns": [
     *         "lead_id",
     *         "name",
     *         "email",
     *         "created_at"
     *       ]
     *     }
     */
    NewExport: {
      /** @enum {string} */
      dataset: 'leads' | 'records' | 'funnels' | 'messageUsers' | 'messages'
      /** @enum {string} */
      format: 'csv' | 'json' | 'ndjson' | 'xlsx'
      /**
       * @description For csv, json and ndjson
       * @default false
       */
      gzip?: boolean
      /**
       * @description leads: chatbotId, status, source, email, account, accountId, startDate, endDate. records: chatbotId, bot, funnel, funnelGroup, account, accountId, startDate, endDate. funnels: chatbotId, bot, funnel, funnelGroup, messageUser, account, accountId, startDate, endDate. messageUsers: account, accountId, startDate, endDate. messages: chatbotId, bot, messageUser, account, accountId, startDate, endDate
       * @default {}
       */
      filter?: {
        /** @description A chatbot's id */
        chatbotId?: string
        /**
         * @description Only leads of this status
         * @enum {string}
         */
        status?: 'new' | 'contacted' | 'qualified' | 'converted' | 'lost' | 'follow_up'
        /** @description Only leads of this source */
        source?: string
        /** @description The whole address, whatever its case */
        email?: string
        /** @description An account's id */
        account?: string
        /** @description The same as account */
        accountId?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (inclusive) */
        startDate?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (exclusive) */
        endDate?: string
        /** @description A chatbot's name */
        bot?: string
        /** @description A funnel's name; goes with funnelGroup */
        funnel?: string
        /** @description Name of one of its groups; goes with funnel */
        funnelGroup?: string
        /** @description A message user's id, 24 hex digits */
        messageUser?: string
      }
      /** @description Names of columns, in the order the file is to have them; absent: all */
      columns?: string[]
      /** @description IANA name; absent: UTC, and for xlsx the time zone of the workspace */
      timeZone?: string
      csv?: {
        /**
         * @description excel-es: semicolons and a BOM
         * @default machine
         * @enum {string}
         */
        profile?: 'machine' | 'excel-es'
        /**
         * @description true: no guard against formulas
         * @default false
         */
        raw?: boolean
      }
      /** @description Absent: the key's owner */
      recipient?: string
    }
    /**
     * @example {
     *       "id": "exp_4ce21ad0853e4b48",
     *       "state": "completed",
     *       "dataset": "leads",
     *       "format": "csv",
     *       "gzip": true,
     *       "rows": 50000,
     *       "bytes": 1450783,
     *       "attempt": 1,
     *       "error": null,
     *       "nextAttemptAt": null,
     *       "sha256": "a2f4d1c0b37c56f1e0a9d8b6c4e3f2a1908172635445362718293a4b5c6d7e8f",
     *       "acceptedAt": "2024-01-15T10:30:00.000Z",
     *       "startedAt": "2024-01-15T10:30:00.020Z",
     *       "snapshotAt": "2024-01-15T10:30:00.025Z",
     *       "finishedAt": "2024-01-15T10:30:01.300Z",
     *       "expiresAt": "2024-01-22T10:30:01.300Z",
     *       "truncatedCells": 0,
     *       "recipient": "john.doe@example.com",
     *       "archiveName": "exports/all/2024-01-15-exp_4ce21ad0853e4b48.csv.gz",
     *       "downloadUrl": "https://your-domain.com/d/4ce21ad0853e4b48-2c7xSmYV0bq1rNn3Zk_9tA",
     *       "statusUrl": "https://your-domain.com/api/v1/exports/exp_4ce21ad0853e4b48"
     *     }
     */
    Export: {
      /** @description exp_ and 16 hex digits */
      id: string
      /** @enum {string} */
      state: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'expired'
      /** @enum {string} */
      dataset: 'leads' | 'records' | 'funnels' | 'messageUsers' | 'messages'
      /** @enum {string} */
      format: 'csv' | 'json' | 'ndjson' | 'xlsx'
      gzip: boolean
      /** @description Written so far */
      rows: number
      bytes: number | null
      /** @description How often a worker has taken it up */
      attempt: number
      /** @description Why it failed, or in the state queued why it waits */
      error: {
        /** @enum {string} */
        code:
          | 'storage_unavailable'
          | 'storage_refused'
          | 'database_unavailable'
          | 'timed_out'
          | 'too_large'
          | 'worker_lost'
          | 'internal_error'
        message: string
      } | null
      /** @description Of one that waits after a fault: when it is taken up again at the earliest */
      nextAttemptAt: string | null
      sha256: string | null
      /**
       * Format: date-time
       * @description The cut-off: rows that came in later are not in the file
       */
      acceptedAt: string
      startedAt: string | null
      /** @description When the database was looked at */
      snapshotAt: string | null
      finishedAt: string | null
      /** @description When the file is deleted */
      expiresAt: string | null
      /** @description Cells of an xlsx that were cut to 32,767 characters */
      truncatedCells: number
      recipient: string
      /** @description Its name for archive/url */
      archiveName: string | null
      /** @description The page that the mail links to: whoever has the link can download, until it is revoked */
      downloadUrl: string | null
      /** Format: uri */
      statusUrl: string
    }
    /**
     * @example {
     *       "data": [
     *         {
     *           "id": "exp_4ce21ad0853e4b48",
     *           "state": "completed",
     *           "dataset": "leads",
     *           "format": "csv",
     *           "gzip": true,
     *           "rows": 50000,
     *           "bytes": 1450783,
     *           "attempt": 1,
     *           "error": null,
     *           "nextAttemptAt": null,
     *           "sha256": "a2f4d1c0b37c56f1e0a9d8b6c4e3f2a1908172635445362718293a4b5c6d7e8f",
     *           "acceptedAt": "2024-01-15T10:30:00.000Z",
     *           "startedAt": "2024-01-15T10:30:00.020Z",
     *           "snapshotAt": "2024-01-15T10:30:00.025Z",
     *           "finishedAt": "2024-01-15T10:30:01.300Z",
     *           "expiresAt": "2024-01-22T10:30:01.300Z",
     *           "truncatedCells": 0,
     *           "recipient": "john.doe@example.com",
     *           "archiveName": "exports/all/2024-01-15-exp_4ce21ad0853e4b48.csv.gz",
     *           "downloadUrl": "https://your-domain.com/d/4ce21ad0853e4b48-2c7xSmYV0bq1rNn3Zk_9tA",
     *           "statusUrl": "https://your-domain.com/api/v1/exports/exp_4ce21ad0853e4b48"
     *         }
     *       ],
     *       "pagination": {
     *         "page": 1,
     *         "size": 20,
     *         "hasMore": false,
     *         "next": null
     *       }
     *     }
     */
    ExportList: {
      data: components['schemas']['Export'][]
      pagination: components['schemas']['Pagination']
    }
    /**
     * @example {
     *       "status": "ok"
     *     }
     */
    Liveness: {
      /** @enum {string} */
      status: 'ok'
    }
    /**
     * @example {
     *       "status": "degraded",
     *       "database": "ok",
     *       "queue": "ok",
     *       "storage": "down"
     *     }
     */
    Readiness: {
      /**
       * @description degraded: a part is down without which it still answers and loses nothing; draining: it ends and still answers, so send the next request elsewhere
       * @enum {string}
       */
      status: 'ok' | 'degraded' | 'down' | 'draining'
      /** @enum {string} */
      database: 'ok' | 'down'
      /** @enum {string} */
      queue: 'ok' | 'down'
      /** @enum {string} */
      storage: 'ok' | 'down'
    }
    Error: {
      /** @constant */
      success: false
      /** @description The code's sentence */
      error: string
      /** @enum {string} */
      code:
        | 'VALIDATION_ERROR'
        | 'INVALID_JSON'
        | 'MALFORMED_REQUEST'
        | 'INVALID_CURSOR'
        | 'UNAUTHORIZED'
        | 'FORBIDDEN'
        | 'RECIPIENT_NOT_ALLOWED'
        | 'NOT_FOUND'
        | 'METHOD_NOT_ALLOWED'
        | 'REQUEST_TIMEOUT'
        | 'DUPLICATE_EMAIL'
        | 'CONFLICT'
        | 'IDEMPOTENCY_IN_FLIGHT'
        | 'GONE'
        | 'PAYLOAD_TOO_LARGE'
        | 'UNSUPPORTED_MEDIA_TYPE'
        | 'RANGE_NOT_SATISFIABLE'
        | 'IDEMPOTENCY_MISMATCH'
        | 'TOO_MANY_REQUESTS'
        | 'HEADERS_TOO_LARGE'
        | 'INTERNAL_ERROR'
        | 'UNAVAILABLE'
      /** @description What is wrong with this request */
      message: string
      /** @description Empty where there is no more to say */
      details: {
        /** @description The parameter or field that is wrong, nested ones with dots */
        field?: string
        /** @description What came, where it is one short value; never with a 404 or an Idempotency-Key */
        value?: unknown
        /** @description What was expected */
        message?: string
        /** @description TOO_MANY_REQUESTS: rate_limited, too_many_waiting (exports), workspace_busy or idempotency_budget. PAYLOAD_TOO_LARGE: over_rate_limit */
        reason?: string
        /** @description TOO_MANY_REQUESTS: how much there may be */
        limit?: number
        /** @description DUPLICATE_EMAIL: the address that is taken */
        email?: string
        /** @description DUPLICATE_EMAIL: the lead that has it */
        existingLeadId?: string
      }
      /** @description The same as the header X-Request-Id */
      requestId: string
    }
    /**
     * @example {
     *       "events": [
     *         {
     *           "id": "evt_01J9Z0M3",
     *           "type": "message",
     *           "time": "2026-09-13T20:29:01.120Z",
     *           "bot": "asistente-tarjetas",
     *           "account": {
     *             "id": "5970d180adf62b28c8630566"
     *           },
     *           "user": {
     *             "id": "3141592653589793",
     *             "firstName": "Juan",
     *             "lastName": "Perez"
     *           },
     *           "sender": "user",
     *           "text": "Hola, quiero sacar una tarjeta"
     *         },
     *         {
     *           "id": "evt_01J9Z0M4",
     *           "type": "interaction",
     *           "time": "2026-09-13T20:29:06.684Z",
     *           "bot": "asistente-tarjetas",
     *           "account": {
     *             "id": "5970d180adf62b28c8630566"
     *           },
     *           "user": {
     *             "id": "3141592653589793",
     *             "firstName": "Juan",
     *             "lastName": "Perez"
     *           },
     *           "funnel": "sacarTarjeta",
     *           "group": "Sacar Tarjeta",
     *           "interaction": "DNI",
     *           "data": [
     *             {
     *               "name": "DNI",
     *               "cxt": "12345678"
     *             }
     *           ]
     *         }
     *       ]
     *     }
     */
    NewEvents: {
      events: (components['schemas']['MessageEvent'] | components['schemas']['InteractionEvent'])[]
    }
    MessageEvent: {
      /** @description Counts once: the same id again is a duplicate, and changes nothing */
      id: string
      /** @description When it happened: ISO-8601 with an offset, at most an hour ahead */
      time: string
      /** @description The chatbot's name */
      bot: string
      /** @description The channel it came over */
      account: {
        /** @description Of an account that there is; goes alone */
        id?: string
        /** @enum {string} */
        platform?:
          | 'apple_messages'
          | 'email'
          | 'google_chat'
          | 'instagram'
          | 'line'
          | 'messenger'
          | 'mobile'
          | 'rcs'
          | 'skype'
          | 'slack'
          | 'sms'
          | 'teams'
          | 'telegram'
          | 'twitter'
          | 'viber'
          | 'voice'
          | 'webchat'
          | 'webchattonic'
          | 'wechat'
          | 'whatsapp'
        /** @description With platform: an account that is made when it is new */
        name?: string
      }
      /** @description Who it is about */
      user: {
        /** @description The person's id on the platform */
        id: string
        /** @description Empty counts as null */
        firstName?: string | null
        /** @description Empty counts as null */
        lastName?: string | null
      }
      /** @constant */
      type: 'message'
      /** @enum {string} */
      sender: 'user' | 'bot'
      /** @description Absent where there is none, such as of a picture */
      text?: string | null
    }
    InteractionEvent: {
      /** @description Counts once: the same id again is a duplicate, and changes nothing */
      id: string
      /** @description When it happened: ISO-8601 with an offset, at most an hour ahead */
      time: string
      /** @description The chatbot's name */
      bot: string
      /** @description The channel it came over */
      account: {
        /** @description Of an account that there is; goes alone */
        id?: string
        /** @enum {string} */
        platform?:
          | 'apple_messages'
          | 'email'
          | 'google_chat'
          | 'instagram'
          | 'line'
          | 'messenger'
          | 'mobile'
          | 'rcs'
          | 'skype'
          | 'slack'
          | 'sms'
          | 'teams'
          | 'telegram'
          | 'twitter'
          | 'viber'
          | 'voice'
          | 'webchat'
          | 'webchattonic'
          | 'wechat'
          | 'whatsapp'
        /** @description With platform: an account that is made when it is new */
        name?: string
      }
      /** @description Who it is about */
      user: {
        /** @description The person's id on the platform */
        id: string
        /** @description Empty counts as null */
        firstName?: string | null
        /** @description Empty counts as null */
        lastName?: string | null
      }
      /** @constant */
      type: 'interaction'
      /** @description Name of a funnel */
      funnel: string
      /** @description Name of one of its groups */
      group: string
      /** @description One of the interactions of the group */
      interaction: string
      /**
       * @description What was told: a name, an email or a phone fills the lead, the rest is extra data
       * @default []
       */
      data?: {
        name: string
        /** @description What was told */
        cxt: string
      }[]
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export interface operations {
  getLeads: {
    parameters: {
      query?: {
        /** @description Required, here or as agentId */
        chatbotId?: string
        /** @description Another name of chatbotId */
        agentId?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (inclusive) */
        startDate?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (exclusive) */
        endDate?: string
        /** @description Default 1 */
        page?: number
        /** @description Default 20; more than 100 counts as 100 */
        size?: number
        /** @description next of the page before; goes without page */
        cursor?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of leads */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['GetLeadsAnswer']
        }
      }
    }
  }
  getLeadsPost: {
    parameters: {
      query?: {
        /** @description Required, here or as agentId */
        chatbotId?: string
        /** @description Another name of chatbotId */
        agentId?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (inclusive) */
        startDate?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (exclusive) */
        endDate?: string
        /** @description Default 1 */
        page?: number
        /** @description Default 20; more than 100 counts as 100 */
        size?: number
        /** @description next of the page before; goes without page */
        cursor?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: {
      content: {
        'application/json': components['schemas']['GetLeadsBody']
      }
    }
    responses: {
      /** @description A page of leads */
      202: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['GetLeadsAnswer']
        }
      }
    }
  }
  listLeads: {
    parameters: {
      query?: {
        /** @description Only leads of this status */
        status?: 'new' | 'contacted' | 'qualified' | 'converted' | 'lost' | 'follow_up'
        /** @description Only leads of this source */
        source?: string
        /** @description The whole address, whatever its case */
        email?: string
        /** @description An account's id */
        account?: string
        /** @description The same as account */
        accountId?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (inclusive) */
        startDate?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (exclusive) */
        endDate?: string
        /** @description Default 1 */
        page?: number
        /** @description Default 20; more than 100 counts as 100 */
        size?: number
        /** @description next of the page before; goes without page */
        cursor?: string
      }
      header?: never
      path: {
        /** @description A chatbot's id */
        chatbotId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of leads */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LeadList']
        }
      }
    }
  }
  createLead: {
    parameters: {
      query?: never
      header?: {
        /** @description For 24 hours the same key with the same request answers what the first was answered, a refusal too, and creates nothing; with another request it is 422, and 409 while the first is under way */
        'Idempotency-Key'?: string
      }
      path: {
        /** @description A chatbot's id */
        chatbotId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['NewLead']
      }
    }
    responses: {
      /** @description The new lead */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LeadAnswer']
        }
      }
    }
  }
  listWorkspaceLeads: {
    parameters: {
      query?: {
        /** @description Absent: every chatbot's */
        chatbotId?: string
        /** @description Only leads of this status */
        status?: 'new' | 'contacted' | 'qualified' | 'converted' | 'lost' | 'follow_up'
        /** @description Only leads of this source */
        source?: string
        /** @description The whole address, whatever its case */
        email?: string
        /** @description An account's id */
        account?: string
        /** @description The same as account */
        accountId?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (inclusive) */
        startDate?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (exclusive) */
        endDate?: string
        /** @description Default 1 */
        page?: number
        /** @description Default 20; more than 100 counts as 100 */
        size?: number
        /** @description next of the page before; goes without page */
        cursor?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of leads */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LeadList']
        }
      }
    }
  }
  createWorkspaceLead: {
    parameters: {
      query?: never
      header?: {
        /** @description For 24 hours the same key with the same request answers what the first was answered, a refusal too, and creates nothing; with another request it is 422, and 409 while the first is under way */
        'Idempotency-Key'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['NewLeadOfWorkspace']
      }
    }
    responses: {
      /** @description The new lead */
      201: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LeadAnswer']
        }
      }
    }
  }
  getLead: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description A chatbot's id */
        chatbotId: string
        /** @description A lead's id */
        leadId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The lead */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LeadAnswer']
        }
      }
    }
  }
  deleteLead: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description A chatbot's id */
        chatbotId: string
        /** @description A lead's id */
        leadId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It is gone */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
  updateLead: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description A chatbot's id */
        chatbotId: string
        /** @description A lead's id */
        leadId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['LeadPatch']
      }
    }
    responses: {
      /** @description The lead */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LeadAnswer']
        }
      }
    }
  }
  getWorkspaceLead: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description A lead's id */
        leadId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The lead */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LeadAnswer']
        }
      }
    }
  }
  deleteWorkspaceLead: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description A lead's id */
        leadId: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It is gone */
      204: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
  updateWorkspaceLead: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description A lead's id */
        leadId: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['LeadPatch']
      }
    }
    responses: {
      /** @description The lead */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LeadAnswer']
        }
      }
    }
  }
  listMessageUsers: {
    parameters: {
      query?: {
        /** @description An account's id */
        account?: string
        /** @description The same as account */
        accountId?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (inclusive) */
        startDate?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (exclusive) */
        endDate?: string
        /** @description Default 1 */
        page?: number
        /** @description Default 20; more than 100 counts as 100 */
        size?: number
        /** @description next of the page before; goes without page */
        cursor?: string
      }
      header?: never
      path: {
        /** @description The workspace's name in URLs; the key has to be one of it */
        codename: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of them */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['MessageUserList']
        }
      }
    }
  }
  listMessages: {
    parameters: {
      query?: {
        /** @description A chatbot's id */
        chatbotId?: string
        /** @description A chatbot's name */
        bot?: string
        /** @description A message user's id, 24 hex digits */
        messageUser?: string
        /** @description An account's id */
        account?: string
        /** @description The same as account */
        accountId?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (inclusive) */
        startDate?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (exclusive) */
        endDate?: string
        /** @description Default 1 */
        page?: number
        /** @description Default 20; more than 100 counts as 100 */
        size?: number
        /** @description next of the page before; goes without page */
        cursor?: string
      }
      header?: never
      path: {
        /** @description The workspace's name in URLs; the key has to be one of it */
        codename: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of messages */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['MessageList']
        }
      }
    }
  }
  listInteractions: {
    parameters: {
      query?: {
        /** @description A chatbot's id */
        chatbotId?: string
        /** @description A chatbot's name */
        bot?: string
        /** @description A funnel's name; goes with funnelGroup */
        funnel?: string
        /** @description Name of one of its groups; goes with funnel */
        funnelGroup?: string
        /** @description A message user's id, 24 hex digits */
        messageUser?: string
        /** @description An account's id */
        account?: string
        /** @description The same as account */
        accountId?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (inclusive) */
        startDate?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (exclusive) */
        endDate?: string
        /** @description Default 1 */
        page?: number
        /** @description Default 20; more than 100 counts as 100 */
        size?: number
        /** @description next of the page before; goes without page */
        cursor?: string
      }
      header?: never
      path: {
        /** @description The workspace's name in URLs; the key has to be one of it */
        codename: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of interactions */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['InteractionList']
        }
      }
    }
  }
  exportRecords: {
    parameters: {
      query: {
        /** @description Name of a funnel */
        funnel: string
        /** @description Name of one of its groups */
        funnelGroup: string
        /** @description Format of the file */
        exportType: 'csv' | 'json' | 'xlsx'
        /** @description Name of a chatbot */
        bot: string
        /** @description An account's id */
        account?: string
        /** @description The same as account */
        accountId?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (inclusive) */
        startDate?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (exclusive) */
        endDate?: string
      }
      header?: never
      path: {
        /** @description The workspace's name in URLs; the key has to be one of it */
        codename: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A mail will bring the file */
      202: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['LeadExportAnswer']
        }
      }
    }
  }
  listFunnels: {
    parameters: {
      query?: {
        /** @description Default 0 */
        skip?: number
        /** @description Default 10; more than 100 counts as 100 */
        limit?: number
        /** @description next of the page before; goes without page */
        cursor?: string
        /** @description An account's id */
        account?: string
        /** @description The same as account */
        accountId?: string
      }
      header?: never
      path: {
        /** @description The workspace's name in URLs; the key has to be one of it */
        codename: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of funnels, by name */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Funnels']
        }
      }
    }
  }
  listRecords: {
    parameters: {
      query: {
        /** @description A chatbot's id */
        chatbotId?: string
        /** @description A chatbot's name */
        bot?: string
        /** @description Name of a funnel */
        funnel: string
        /** @description Name of one of its groups */
        funnelGroup: string
        /** @description An account's id */
        account?: string
        /** @description The same as account */
        accountId?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (inclusive) */
        startDate?: string
        /** @description YYYY-MM-DD (an inclusive UTC day) or an ISO-8601 timestamp with an offset (exclusive) */
        endDate?: string
        /** @description Default 0 */
        skip?: number
        /** @description Default 10; more than 100 counts as 100 */
        limit?: number
        /** @description next of the page before; goes without page */
        cursor?: string
      }
      header?: never
      path: {
        /** @description The workspace's name in URLs; the key has to be one of it */
        codename: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of records */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Records']
        }
      }
    }
  }
  listArchive: {
    parameters: {
      query?: {
        /** @description Format of the files */
        format?: 'csv' | 'json' | 'ndjson' | 'xlsx'
        /** @description A folder: "", "funnels", "leads/", … */
        prefix?: string
        /** @description Default 1000; more than 1000 counts as 1000 */
        limit?: number
        /** @description next of the page before; goes without page */
        cursor?: string
      }
      header?: never
      path: {
        /** @description The workspace's name in URLs; the key has to be one of it */
        codename: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Folders and files */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ArchiveList']
        }
      }
    }
  }
  getArchiveUrl: {
    parameters: {
      query: {
        /** @description A path as archive/list has it */
        name: string
      }
      header?: never
      path: {
        /** @description The workspace's name in URLs; the key has to be one of it */
        codename: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The URL and its time */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ArchiveUrl']
        }
      }
    }
  }
  createEvents: {
    parameters: {
      query?: never
      header?: {
        /** @description For 24 hours the same key with the same request answers what the first was answered, a refusal too, and creates nothing; with another request it is 422, and 409 while the first is under way */
        'Idempotency-Key'?: string
      }
      path: {
        /** @description The workspace's name in URLs; the key has to be one of it */
        codename: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['NewEvents']
        'application/x-ndjson': string
      }
    }
    responses: {
      /** @description What became of each event */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['EventsAnswer']
        }
      }
    }
  }
  buildArchive: {
    parameters: {
      query?: never
      header?: {
        /** @description For 24 hours the same key with the same request answers what the first was answered, a refusal too, and creates nothing; with another request it is 422, and 409 while the first is under way */
        'Idempotency-Key'?: string
      }
      path: {
        /** @description The workspace's name in URLs; the key has to be one of it */
        codename: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['NewArchiveBuild']
      }
    }
    responses: {
      /** @description The days that will be built */
      202: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ArchiveBuild']
        }
      }
    }
  }
  listExports: {
    parameters: {
      query?: {
        /** @description Default 1 */
        page?: number
        /** @description Default 20; more than 100 counts as 100 */
        size?: number
        /** @description next of the page before; goes without page */
        cursor?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of them */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['ExportList']
        }
      }
    }
  }
  createExport: {
    parameters: {
      query?: never
      header?: {
        /** @description For 24 hours the same key with the same request answers what the first was answered, a refusal too, and creates nothing; with another request it is 422, and 409 while the first is under way */
        'Idempotency-Key'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        'application/json': components['schemas']['NewExport']
      }
    }
    responses: {
      /** @description Accepted: `Location` is its status */
      202: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Export']
        }
      }
    }
  }
  getExport: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description An export's id */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The export */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Export']
        }
      }
    }
  }
  deleteExport: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description An export's id */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The export, expired: its file is gone */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Export']
        }
      }
      /** @description The same, but the storage did not answer: a worker deletes the file as soon as it does */
      202: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Export']
        }
      }
    }
  }
  cancelExport: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description An export's id */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The export, cancelled */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Export']
        }
      }
    }
  }
  retryExport: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description An export's id */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The export, queued again */
      202: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Export']
        }
      }
    }
  }
  revokeExportLink: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description An export's id */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The export: `downloadUrl` is the new link, which is mailed to nobody */
      200: {
        headers: {
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Export']
        }
      }
    }
  }
  downloadExport: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description An export's id */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description `Location` is the file */
      302: {
        headers: {
          [name: string]: unknown
        }
        content?: never
      }
    }
  }
}

/** How each operation is reached. */
export const routes = {
  getLeads: { method: 'GET', path: '/api/v1/get-leads', answer: 'json' },
  getLeadsPost: { method: 'POST', path: '/api/v1/get-leads', answer: 'json' },
  listLeads: { method: 'GET', path: '/api/v1/chatbots/{chatbotId}/leads', answer: 'json' },
  createLead: { method: 'POST', path: '/api/v1/chatbots/{chatbotId}/leads', answer: 'json' },
  listWorkspaceLeads: { method: 'GET', path: '/api/v1/leads', answer: 'json' },
  createWorkspaceLead: { method: 'POST', path: '/api/v1/leads', answer: 'json' },
  getLead: { method: 'GET', path: '/api/v1/chatbots/{chatbotId}/leads/{leadId}', answer: 'json' },
  updateLead: { method: 'PATCH', path: '/api/v1/chatbots/{chatbotId}/leads/{leadId}', answer: 'json' },
  deleteLead: { method: 'DELETE', path: '/api/v1/chatbots/{chatbotId}/leads/{leadId}', answer: 'json' },
  getWorkspaceLead: { method: 'GET', path: '/api/v1/leads/{leadId}', answer: 'json' },
  updateWorkspaceLead: { method: 'PATCH', path: '/api/v1/leads/{leadId}', answer: 'json' },
  deleteWorkspaceLead: { method: 'DELETE', path: '/api/v1/leads/{leadId}', answer: 'json' },
  listMessageUsers: { method: 'GET', path: '/api/v1/{codename}/message-users', answer: 'json' },
  listMessages: { method: 'GET', path: '/api/v1/{codename}/messages', answer: 'json' },
  listInteractions: { method: 'GET', path: '/api/v1/{codename}/interactions', answer: 'json' },
  exportRecords: { method: 'GET', path: '/api/v1/{codename}/lead/export', answer: 'json' },
  listFunnels: { method: 'GET', path: '/api/v1/{codename}/lead/funnels', answer: 'json' },
  listRecords: { method: 'GET', path: '/api/v1/{codename}/lead/records', answer: 'json' },
  listArchive: { method: 'GET', path: '/api/v1/{codename}/archive/list', answer: 'json' },
  getArchiveUrl: { method: 'GET', path: '/api/v1/{codename}/archive/url', answer: 'json' },
  createEvents: { method: 'POST', path: '/api/v1/{codename}/events', answer: 'json' },
  buildArchive: { method: 'POST', path: '/api/v1/{codename}/archive/build', answer: 'json' },
  listExports: { method: 'GET', path: '/api/v1/exports', answer: 'json' },
  createExport: { method: 'POST', path: '/api/v1/exports', answer: 'json' },
  getExport: { method: 'GET', path: '/api/v1/exports/{id}', answer: 'json' },
  deleteExport: { method: 'DELETE', path: '/api/v1/exports/{id}', answer: 'json' },
  cancelExport: { method: 'POST', path: '/api/v1/exports/{id}/cancel', answer: 'json' },
  retryExport: { method: 'POST', path: '/api/v1/exports/{id}/retry', answer: 'json' },
  revokeExportLink: { method: 'POST', path: '/api/v1/exports/{id}/link/revoke', answer: 'json' },
  downloadExport: { method: 'GET', path: '/api/v1/exports/{id}/download', answer: 'file' },
} as const
