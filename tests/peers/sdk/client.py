"""A client on the official SDK: client.py TASK ARGUMENTS, with arguments as JSON. Runs on the interpreter that packages.py gives.

Each function of TASKS is a task; it gets the arguments and gives what is printed as JSON.
"""
import asyncio
import fractions
import json
import logging
import sys

TASKS = {}


def task(function):
    TASKS[function.__name__] = function
    return function


def failure(error):
    return {"error": str(error), "type": type(error).__name__}


@task
def get_orch_info(orchestrator, signer=None, model=None):
    from livepeer_gateway.capabilities import CapabilityId, build_capabilities
    from livepeer_gateway.orch_info import get_orch_info as ask
    wanted = build_capabilities(CapabilityId.LIVE_VIDEO_TO_VIDEO, model) if model else None
    info = ask(orchestrator, signer_url=signer, capabilities=wanted)
    return {"transcoder": info.transcoder, "address": info.address.hex(), "price": [info.price_info.pricePerUnit, info.price_info.pixelsPerUnit],
            "tickets": info.HasField("ticket_params"), "face_value": int.from_bytes(info.ticket_params.face_value, "big"),
            "recipient": info.ticket_params.recipient.hex(), "token": info.auth_token.session_id}


@task
def discover_orchestrators(signer, orchestrator=None, caps=None):
    from livepeer_gateway.capabilities import CapabilityId, build_capabilities
    from livepeer_gateway.discovery import discover_orchestrators as ask
    wanted = build_capabilities(CapabilityId.LIVE_VIDEO_TO_VIDEO, caps) if caps else None
    return ask(signer_url=signer, capabilities=wanted)


@task
def list_capabilities(adapter, orchestrator=None, signer=None):
    from livepeer_gateway.byoc import list_capabilities as ask
    return ask(adapter)


@task
def submit_byoc_job(orchestrator, signer, capability, payload, parameters=None, seconds=60):
    from livepeer_gateway.byoc import ByocJobRequest, submit_byoc_job as submit
    from livepeer_gateway.errors import LivepeerGatewayError
    job = ByocJobRequest(capability=capability, payload=payload, parameters=parameters, timeout_seconds=seconds)
    try:
        answer = submit(job, orch_url=orchestrator, signer_url=signer, timeout=seconds + 10)
    except LivepeerGatewayError as error:
        return failure(error)
    return {"status": answer.status_code, "data": answer.data if not isinstance(answer.data, bytes) else answer.data.hex(),
            "balance": answer.balance, "served_by": answer.orchestrator_url}


async def _send(media, frames, seconds, picture):
    import av
    loop = asyncio.get_running_loop()
    begun = loop.time()
    sent = 0
    while loop.time() - begun < seconds or sent < frames:
        frame = av.VideoFrame(picture[0], picture[1], "rgb24")
        for plane in frame.planes:
            plane.update(bytes([sent * 7 % 256]) * plane.buffer_size)
        frame.pts, frame.time_base = int((loop.time() - begun) * 90_000), fractions.Fraction(1, 90_000)
        await media.write_frame(frame)
        sent += 1
        await asyncio.sleep(1 / 30)
    return sent


async def _receive(job, wanted, sizes):
    output = job.media_output()
    async for decoded in output.frames():
        if decoded.kind == "video":
            sizes.append([decoded.frame.width, decoded.frame.height])
        if len(sizes) >= wanted:
            return


async def _events(job, events):
    async for event in job.events():
        events.append(event)


async def _live(orchestrator, signer, model, params, update, seconds, frames):
    from livepeer_gateway.lv2v import StartJobRequest, start_lv2v
    from livepeer_gateway.media_publish import MediaPublishConfig, VideoOutputConfig
    job = start_lv2v(orchestrator, StartJobRequest(model_id=model, params=params, request_id="r1", stream_id="s1"), signer_url=signer)
    sizes, events, payments = [], [], []
    if job.payment_session:
        pay = job.payment_session.send_payment
        def counted():
            pay()
            payments.append(1)
        job.payment_session.send_payment = counted
    reading = asyncio.create_task(_receive(job, frames, sizes))
    listening = asyncio.create_task(_events(job, events)) if job.events else None
    try:
        media = job.start_media(MediaPublishConfig(tracks=[VideoOutputConfig(fps=30)]))
        sending = asyncio.create_task(_send(media, frames, seconds, (320, 240)))
        if update and job.control:
            await job.control.write(update)
        sent = await sending
        await asyncio.wait_for(reading, 30)
        told = asyncio.get_running_loop().time() + 20
        while not events and asyncio.get_running_loop().time() < told:
            await asyncio.sleep(0.1)
    finally:
        for one in (reading, listening):
            if one:
                one.cancel()
        await job.close()
    return {"manifest": job.manifest_id, "sent": sent, "came_back": len(sizes), "sizes": sizes[-1:], "events": events[:50], "payments": len(payments),
            "urls": [bool(url) for url in (job.publish_url, job.subscribe_url, job.control_url, job.events_url)]}


@task
def start_lv2v(orchestrator, signer, model="noop", params=None, update=None, seconds=0, frames=60):
    return asyncio.run(_live(orchestrator, signer, model, params, update, seconds, frames))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    print(json.dumps(TASKS[sys.argv[1]](**json.loads(sys.argv[2])), default=str))
