from movement.pulse.voices import Voice
from tests.permissions.matrix import ALLIES, EVERYONE, STEWARDS, Row


def of(pulse):
    return {"number": pulse.pk}


def a_voice(world):
    return {"voice": Voice.objects.create(pulse=world.closed_pulse, text="Ring before four.").pk}


ROWS = [
    Row("movement:pulses", get=ALLIES),
    Row("movement:pulse", kwargs=lambda world: {"id": world.pulse.pk}, get=ALLIES, post=ALLIES),
    # While it is open there is nothing to read: whoever asks is sent to the form.
    Row("movement:pulse_results", kwargs=lambda world: {"id": world.closed_pulse.pk}, get=ALLIES),
    Row("movement:pulse_csv", kwargs=lambda world: {"id": world.closed_pulse.pk}, get=ALLIES),
    Row("movement:pulse_ticket", kwargs=lambda world: {"token": world.pulse_token}, get=EVERYONE, post=EVERYONE),
    Row("pulses_cms:pulses", get=STEWARDS),
    Row("pulses_cms:new_pulse", get=STEWARDS, post=STEWARDS),
    Row("pulses_cms:pulse", kwargs=lambda world: of(world.pulse), get=STEWARDS),
    Row("pulses_cms:close_pulse", kwargs=lambda world: of(world.closed_pulse), get=STEWARDS, post=STEWARDS),
    Row("pulses_cms:call_off_pulse", kwargs=lambda world: of(world.pulse), post=STEWARDS),
    Row("pulses_cms:show_texts", kwargs=lambda world: of(world.closed_pulse), post=STEWARDS),
    Row("pulses_cms:hide_text", kwargs=a_voice, post=STEWARDS),
]
