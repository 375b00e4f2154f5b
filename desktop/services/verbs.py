"""The names of the verbs: what the change log writes and what the user is told was done.

A label is a phrase the user can read after "Angre" or in the history; `{sak}` and `{moete}` are
numbers. A verb that is not `angrebar` asks first and cannot be undone.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from desktop.i18n.catalogue import N_

if TYPE_CHECKING:
    from desktop.models import Entity
    from desktop.storage.archive import Archive
    from desktop.storage.operation import Operation


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb's label and whether it can be undone."""

    label: str
    angrebar: bool = True


@dataclass(frozen=True, slots=True)
class Created:
    """What a verb that makes something returns: the key of the new row."""

    id: str


VERBS: Final[Mapping[str, Verb]] = MappingProxyType(
    {
        # The archive and its people
        "create_arkiv": Verb(N_("Opprett arkivet"), angrebar=False),
        "create_utvalg": Verb(N_("Legg til utvalg")),
        "change_utvalg": Verb(N_("Endre utvalg")),
        "set_fastposter": Verb(N_("Endre faste poster")),
        "set_fraser": Verb(N_("Endre fraser for vedtak")),
        "set_series": Verb(N_("Sett nummerserie")),
        "create_organisasjon": Verb(N_("Legg til organisasjon")),
        "rename_organisasjon": Verb(N_("Nytt navn på organisasjon")),
        "create_person": Verb(N_("Legg til person")),
        "change_person": Verb(N_("Endre person")),
        "give_verv": Verb(N_("Gi verv")),
        "end_verv": Verb(N_("Avslutt verv")),
        "change_verv": Verb(N_("Endre verv")),
        "move_verv": Verb(N_("Flytt medlem i rekkefølgen")),
        "delete_verv": Verb(N_("Fjern verv")),
        "add_members": Verb(N_("Lim inn medlemmer")),
        "delete_person": Verb(N_("Slett person")),
        "change_organisasjon": Verb(N_("Rett navn på organisasjon")),
        "delete_organisasjon": Verb(N_("Slett organisasjon")),
        # Meetings and the running order
        "plan_moete": Verb(N_("Planlegg møte")),
        "change_moete": Verb(N_("Endre møte {moete}")),
        "set_dag": Verb(N_("Endre møtedag i møte {moete}")),
        "remove_dag": Verb(N_("Fjern møtedag fra møte {moete}")),
        "cancel_moete": Verb(N_("Avlys møte {moete}")),
        "hold_moete": Verb(N_("Marker møte {moete} som avholdt")),
        "close_moete": Verb(N_("Avslutt møte {moete}")),
        "add_post": Verb(N_("Legg til rad i dagsorden")),
        "change_post": Verb(N_("Endre rad i dagsorden")),
        "move_post": Verb(N_("Flytt rad i dagsorden")),
        "remove_post": Verb(N_("Fjern rad fra dagsorden")),
        # Saker
        "report_sak": Verb(N_("Meld inn sak")),
        "change_sak": Verb(N_("Endre sak {sak}")),
        "order_queue": Verb(N_("Flytt sak i køen")),
        "delete_sak": Verb(N_("Slett innmeldt sak")),
        "place_sak": Verb(N_("Sett sak på dagsorden")),
        "return_sak": Verb(N_("Ta sak {sak} av dagsorden")),
        "postpone_sak": Verb(N_("Utsett sak {sak}")),
        "withdraw_sak": Verb(N_("Trekk sak {sak}")),
        "carry_over_sak": Verb(N_("Før sak {sak} videre")),
        "take_up_sak": Verb(N_("Ta opp sak {sak}")),
        "set_roles": Verb(N_("Endre personer på sak {sak}")),
        "add_vedlegg": Verb(N_("Legg til vedlegg på sak {sak}")),
        "change_vedlegg": Verb(N_("Endre vedlegg på sak {sak}")),
        "remove_vedlegg": Verb(N_("Fjern vedlegg fra sak {sak}")),
        # Toppnotater
        "write_section": Verb(N_("Skriv i toppnotatet til sak {sak}")),
        "add_section": Verb(N_("Legg til avsnitt i toppnotatet til sak {sak}")),
        "move_section": Verb(N_("Flytt avsnitt i toppnotatet til sak {sak}")),
        "remove_section": Verb(N_("Fjern avsnitt i toppnotatet til sak {sak}")),
        "step_toppnotat": Verb(N_("Endre tilstand for toppnotatet til sak {sak}")),
        "cite_vedtak": Verb(N_("Vis til tidligere vedtak i sak {sak}")),
        "uncite_vedtak": Verb(N_("Fjern tidligere vedtak i sak {sak}")),
        "take_in_note": Verb(N_("Les inn toppnotatet til sak {sak} fra Word")),
        "change_cited": Verb(N_("Endre tidligere vedtak i sak {sak}")),
        "move_cited": Verb(N_("Flytt tidligere vedtak i sak {sak}")),
        "store_picture": Verb(N_("Legg inn bilde")),
        "restore_toppnotat": Verb(N_("Gå tilbake til en eldre versjon i sak {sak}")),
        # The meeting
        "set_oppmoete": Verb(N_("Endre oppmøte i møte {moete}")),
        "remove_oppmoete": Verb(N_("Fjern fra oppmøtet i møte {moete}")),
        "write_saksreferat": Verb(N_("Skriv referat for sak {sak}")),
        "write_innspill": Verb(N_("Skriv innspill i sak {sak}")),
        "add_innspill": Verb(N_("Legg til innspill i sak {sak}")),
        "change_innspill": Verb(N_("Endre innspill i sak {sak}")),
        "move_innspill": Verb(N_("Flytt innspill i sak {sak}")),
        "remove_innspill": Verb(N_("Fjern innspill i sak {sak}")),
        "add_aksjonspunkt": Verb(N_("Legg til aksjonspunkt i sak {sak}")),
        "change_aksjonspunkt": Verb(N_("Endre aksjonspunkt i sak {sak}")),
        "remove_aksjonspunkt": Verb(N_("Fjern aksjonspunkt i sak {sak}")),
        "adopt_vedtak": Verb(N_("Vedta i sak {sak}")),
        "write_vedtak": Verb(N_("Skriv vedtaket i sak {sak}")),
        "mark_treated": Verb(N_("Marker sak {sak} som behandlet")),
        "add_sak_in_room": Verb(N_("Ny sak i møtet: {sak}")),
        "take_sak_now": Verb(N_("Ta sak {sak} nå")),
        "remove_vedtak": Verb(N_("Fjern vedtaket i sak {sak}")),
        "register_vedtak": Verb(N_("Før inn vedtak i registeret")),
        "change_registered": Verb(N_("Endre vedtak i registeret")),
        "remove_registered": Verb(N_("Fjern vedtak fra registeret")),
        "take_in_vedtak": Verb(N_("Ta inn vedtak i registeret")),
        # What is sent
        "freeze_innkalling": Verb(N_("Ferdigstill innkallingen til møte {moete}"), angrebar=False),
        "register_sent": Verb(N_("Registrer utsendelse for møte {moete}")),
        "send_referat_to_comment": Verb(
            N_("Send referatet fra møte {moete} til kommentar"), angrebar=False
        ),
        "update_referat": Verb(N_("Oppdater referatet fra møte {moete}"), angrebar=False),
        "approve_referat": Verb(N_("Godkjenn referatet fra møte {moete}"), angrebar=False),
        "publish_referat": Verb(N_("Publiser referatet fra møte {moete}")),
        # The quality check
        "accept_finding": Verb(N_("Godta merknad i møte {moete}")),
        "withdraw_acceptance": Verb(N_("Ta opp igjen merknad i møte {moete}")),
        # Follow-up and exchange
        "create_oppfoelging": Verb(N_("Legg til oppfølging")),
        "update_oppfoelging": Verb(N_("Oppdater oppfølging")),
        "change_oppfoelging": Verb(N_("Endre oppfølging")),
        "delete_oppfoelging": Verb(N_("Slett oppfølging")),
        "accept_forslag": Verb(N_("Godta forslag til oppfølging")),
        "reject_forslag": Verb(N_("Avvis forslag til oppfølging")),
        "make_statussak": Verb(N_("Lag statussak om oppfølging")),
        "import_arkiv": Verb(N_("Importer til arkivet")),
    }
)


def operation(archive: Archive, verb: str) -> AbstractContextManager[Operation]:
    """Open the unit of work of a verb, a key of `VERBS`.

    What the label names is told inside, by `Operation.describe`: numbers, never text about persons.
    """
    return archive.operation(verb, angrebar=VERBS[verb].angrebar)


def writing(
    archive: Archive,
    verb: str,
    entity: type[Entity],
    key: str,
    field: str,
    *,
    typing: bool,
    paragraph: str | None = None,
) -> AbstractContextManager[Operation]:
    """Open the unit of work for a text: an operation, or the open group of a field being typed in.

    `paragraph` is the id of the block the cursor is in; another one starts another group.
    """
    if not typing:
        return operation(archive, verb)
    table: str = entity.__tablename__
    return archive.typing(verb, table=table, key=key, field=field, paragraph=paragraph)
