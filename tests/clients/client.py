"""Python's gql against a real server, by HTTP and by WebSocket. Usage: client.py URL"""

import asyncio
import sys

from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.exceptions import TransportQueryError
from gql.transport.websockets import WebsocketsTransport

URL = sys.argv[1]


async def ask(transport):
    async with Client(transport=transport, fetch_schema_from_transport=True) as session:
        answer = await session.execute(gql("{ trials(first: 3) { totalCount nodes { id status } } }"))
        assert len(answer["trials"]["nodes"]) == 3, answer
        variables = {"id": answer["trials"]["nodes"][0]["id"]}
        trial = await session.execute(gql("query One($id: String!) { trial(id: $id) { id } }"), variable_values=variables)
        assert trial["trial"]["id"] == variables["id"], trial
        try:
            await session.execute(gql("{ trials(first: 100000) { totalCount } }"))
        except TransportQueryError as error:
            assert error.errors[0]["extensions"]["code"] == "LIMIT_EXCEEDED", error
        else:
            raise AssertionError("a page of 100,000 was answered")
        return answer


async def main():
    by_http = await ask(AIOHTTPTransport(url=URL))
    by_socket = await ask(WebsocketsTransport(url=URL.replace("http", "ws") + "/ws"))
    assert by_http == by_socket
    print("gql: all good")


asyncio.run(main())
