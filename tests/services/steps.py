"""Random steps over the verbs, as a hasty secretary takes them, and what must hold after each."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Sequence

from desktop.models import Moete
from desktop.rules.entity_kinds import Innspillslag, Oppmoeterolle, Postslag, Rolle, Seksjonslag
from desktop.rules.errors import RuleError
from desktop.rules.kinds import Oppmoetestatus, Sakstype, Toppnotatstatus
from desktop.rules.states import MoeteTilstand, SakTilstand, ToppnotatTilstand
from desktop.services import dagsorden, deltakere, moeter, referater, saker, toppnotater, vedlegg
from desktop.services import vedtak as vedtakene
from desktop.services.errors import ServiceError
from desktop.services.moeter import Dag
from desktop.services.saker import Deltar
from tests.services.hus import FOUR, TEN, Hus, text

REFUSALS = (RuleError, ServiceError)
FIRST_DAY = dt.date(2023, 9, 1)
PEOPLE = ("leder", "medlem", "vara", "sekretaer", "gjest", "behandler")


class Steps:
    """Takes random steps; `freezing` allows those that cannot be undone."""

    def __init__(self, hus: Hus, seed: int, *, freezing: bool) -> None:
        self.hus = hus
        self.chance = random.Random(seed)  # noqa: S311
        self.taken: Counter[str] = Counter()
        self.actions: list[Callable[[], object]] = [
            self.plan, self.report, self.report, self.place, self.place, self.place, self.move,
            self.pause, self.retime, self.remove, self.take_out, self.carry_over, self.queue,
            self.delete, self.rename, self.status, self.roles, self.attach, self.detach,
            self.write, self.section, self.note_state, self.attend, self.minute, self.adopt,
            self.cite, self.cancel, self.day, self.treat,
        ]  # fmt: skip
        if freezing:
            self.actions += [self.freeze] * 3 + [self.take_up] * 2 + [self.hold] * 2
        for action in (self.plan, self.plan, *[self.report] * 6):
            action()

    def step(self) -> None:
        """Take one step; a refusal is a step too."""
        action = self.chance.choice(self.actions)
        try:
            action()
        except REFUSALS as refusal:
            self.taken[f"refused: {refusal.args[0]}"] += 1
        except IndexError:
            self.taken["nothing to do"] += 1
        else:
            self.taken[action.__name__] += 1

    def keys(self, table: str, where: str = "1") -> list[str]:
        driver = self.hus.archive._database.driver
        rows = driver.execute(f"SELECT id FROM {table} WHERE {where} ORDER BY rowid")  # noqa: S608
        return [row[0] for row in rows.fetchall()]

    def one(self, table: str, where: str = "1") -> str:
        return self.chance.choice(self.keys(table, where))

    def some(self, among: Sequence[str], most: int = 2) -> list[str]:
        return self.chance.sample(among, self.chance.randint(0, min(most, len(among))))

    def words(self) -> str:
        return " ".join(self.chance.choices(("rådet", "ber", "om", "en", "plan", "æøå"), k=4))

    def person(self) -> str:
        return self.hus.key[self.chance.choice(PEOPLE)]

    def plan(self) -> object:
        days = [FIRST_DAY + dt.timedelta(days=self.chance.randint(0, 300))]
        if self.chance.random() < 0.3:
            days.append(days[0] + dt.timedelta(days=1))
        return self.hus.plan(*days, utvalg=self.chance.choice(("raad", "nynorsk")))

    def report(self) -> object:
        return self.hus.report(
            self.words(),
            utvalg=self.chance.choice(("raad", "raad", "nynorsk")),
            toppnotatstatus=self.chance.choice(list(Toppnotatstatus)),
            forslag_til_vedtak=text(self.words()),
        )

    def place(self) -> object:
        index = self.chance.choice((None, 0, 1, 5))
        return dagsorden.place_sak(
            self.hus.archive,
            sak_id=self.one("sak", "tilstand = 'innmeldt'"),
            moetedag_id=self.one("moetedag"),
            index=index,
            varighet=self.chance.choice((None, 0, 10, 30)),
        )

    def move(self) -> object:
        post = self.one("dagsordenpost")
        return dagsorden.move_post(self.hus.archive, post_id=post, index=self.chance.randint(-1, 8))

    def pause(self) -> object:
        return dagsorden.add_post(
            self.hus.archive,
            moetedag_id=self.one("moetedag"),
            slag=self.chance.choice((Postslag.PAUSE, Postslag.PUNKT)),
            tittel=self.words(),
            varighet=15,
            index=self.chance.choice((None, 0, 2)),
        )

    def retime(self) -> object:
        fixed = self.chance.choice((None, None, dt.time(12, 0), dt.time(15, 30)))
        minutes = self.chance.choice((None, 5, 40, 600))
        return dagsorden.set_time(
            self.hus.archive, post_id=self.one("dagsordenpost"), varighet=minutes, fast_tid=fixed
        )

    def remove(self) -> object:
        return dagsorden.remove_post(self.hus.archive, post_id=self.one("dagsordenpost"))

    def take_out(self) -> object:
        verbs = (dagsorden.return_sak, dagsorden.postpone_sak, dagsorden.withdraw_sak)
        return self.chance.choice(verbs)(self.hus.archive, sak_id=self.one("sak"))

    def carry_over(self) -> object:
        return dagsorden.carry_over_sak(
            self.hus.archive, sak_id=self.one("sak", "tilstand IN ('utsatt', 'trukket')")
        )

    def queue(self) -> object:
        return saker.order_queue(
            self.hus.archive, sak_id=self.one("sak"), index=self.chance.randint(0, 5)
        )

    def delete(self) -> object:
        return saker.delete_sak(self.hus.archive, sak_id=self.one("sak"))

    def rename(self) -> object:
        kind = self.chance.choice([None, *Sakstype])
        saker.set_sakstype(self.hus.archive, sak_id=self.one("sak"), sakstype=kind)
        return saker.rename_sak(self.hus.archive, sak_id=self.one("sak"), tittel=self.words())

    def status(self) -> object:
        return saker.set_toppnotatstatus(
            self.hus.archive,
            sak_id=self.one("sak"),
            toppnotatstatus=self.chance.choice(list(Toppnotatstatus)),
        )

    def roles(self) -> object:
        people = [Deltar(self.hus.key[name]) for name in self.some(PEOPLE, 3)]
        return saker.set_roles(
            self.hus.archive,
            sak_id=self.one("sak"),
            rolle=self.chance.choice(list(Rolle)),
            deltar=people,
        )

    def attach(self) -> object:
        sak = self.one("sak")
        if self.chance.random() < 0.5:
            return vedlegg.add_link(
                self.hus.archive, sak_id=sak, tittel=self.words(), url="https://example.no"
            )
        return vedlegg.add_file(
            self.hus.archive, sak_id=sak, filnavn="a.pdf", data=self.words().encode()
        )

    def detach(self) -> object:
        key = self.one("vedlegg")
        if self.chance.random() < 0.4:
            return vedlegg.move_vedlegg(
                self.hus.archive, vedlegg_id=key, index=self.chance.randint(0, 3)
            )
        return vedlegg.remove_vedlegg(self.hus.archive, vedlegg_id=key)

    def write(self) -> object:
        return toppnotater.write_section(
            self.hus.archive,
            seksjon_id=self.one("toppnotatseksjon", "slag IN ('hensikt', 'bakgrunn')"),
            tree=text(self.words()),
            typing=self.chance.random() < 0.5,
        )

    def section(self) -> object:
        key = self.one("toppnotatseksjon")
        roll = self.chance.random()
        if roll < 0.3:
            return toppnotater.remove_section(self.hus.archive, seksjon_id=key)
        if roll < 0.6:
            return toppnotater.move_section(self.hus.archive, seksjon_id=key, index=1)
        return toppnotater.add_section(
            self.hus.archive,
            sak_id=self.one("sak"),
            slag=self.chance.choice(list(Seksjonslag)),
            overskrift=self.words(),
        )

    def note_state(self) -> object:
        return toppnotater.step_toppnotat(
            self.hus.archive,
            sak_id=self.one("sak"),
            tilstand=self.chance.choice(list(ToppnotatTilstand)),
        )

    def attend(self) -> object:
        role = self.chance.choice(list(Oppmoeterolle))
        moete = self.one("moete")
        own = self.keys("sak", f"moete_id = '{moete}'")
        return deltakere.set_oppmoete(
            self.hus.archive,
            moete_id=moete,
            person_id=self.person(),
            rolle=role,
            status=self.chance.choice([None, *Oppmoetestatus]),
            for_id=self.person() if role is Oppmoeterolle.STEDFORTREDER else None,
            saker=self.some(own) if role is Oppmoeterolle.GJEST else (),
        )

    def minute(self) -> object:
        lines = self.keys("innspill")
        if lines and self.chance.random() < 0.5:
            return referater.move_innspill(
                self.hus.archive, innspill_id=self.chance.choice(lines), index=0
            )
        return referater.add_innspill(
            self.hus.archive,
            sak_id=self.one("sak"),
            tree=text(self.words()),
            slag=self.chance.choice(list(Innspillslag)),
            innsender_id=self.person() if self.chance.random() < 0.3 else None,
        )

    def adopt(self) -> object:
        words = text(self.words()) if self.chance.random() < 0.5 else None
        return vedtakene.adopt_vedtak(self.hus.archive, sak_id=self.one("sak"), tekst=words)

    def cite(self) -> object:
        return toppnotater.cite_vedtak(
            self.hus.archive,
            sak_id=self.one("sak"),
            vedtak_id=self.chance.choice([*self.keys("vedtak"), None]),
            sak_tekst="NUIT 1/22",
        )

    def cancel(self) -> object:
        if self.chance.random() < 0.9:
            raise IndexError
        return moeter.cancel_moete(self.hus.archive, moete_id=self.one("moete"))

    def day(self) -> object:
        moete = self.one("moete")
        day = self.one("moetedag", f"moete_id = '{moete}'")
        date = FIRST_DAY + dt.timedelta(days=self.chance.randint(0, 300))
        return moeter.set_dag(
            self.hus.archive, moete_id=moete, moetedag_id=day, dag=Dag(date, TEN, FOUR)
        )

    def treat(self) -> object:
        return vedtakene.mark_treated(self.hus.archive, sak_id=self.one("sak"))

    def freeze(self) -> object:
        return self.hus.freeze(self.one("moete", "tilstand IN ('planlagt', 'innkalt')"))

    def take_up(self) -> object:
        return dagsorden.take_up_sak(
            self.hus.archive, sak_id=self.one("sak", "moetesakssekvensnummer IS NULL")
        )

    def hold(self) -> object:
        return moeter.hold_moete(
            self.hus.archive, moete_id=self.one("moete", "tilstand = 'innkalt'")
        )


class Invariants:
    """What must hold after every step; remembers the numbers that were fixed."""

    def __init__(self, hus: Hus) -> None:
        self._hus = hus
        self._fixed: dict[str, tuple[str, int, int]] = {}

    def check(self) -> None:
        driver = self._hus.archive._database.driver
        self._check_posts(driver)
        self._check_numbers(driver)
        for key in driver.execute("SELECT id FROM moete").fetchall():
            self._check_moete(key[0])

    def _check_posts(self, driver) -> None:
        stray = driver.execute(
            "SELECT s.id FROM sak s LEFT JOIN dagsordenpost p ON p.sak_id = s.id"
            " LEFT JOIN moetedag d ON d.id = p.moetedag_id"
            " WHERE s.moete_id IS NOT d.moete_id"
        ).fetchall()
        assert stray == []
        queue = driver.execute(
            "SELECT id FROM sak WHERE (moete_id IS NULL) IS NOT (koerekkefoelge IS NOT NULL)"
            " OR (moete_id IS NULL) IS NOT (tilstand = 'innmeldt')"
        ).fetchall()
        assert queue == []

    def _check_numbers(self, driver) -> None:
        rows = driver.execute(
            "SELECT id, utvalg_id, moetesaksaar, moetesakssekvensnummer FROM sak"
            " WHERE moetesakssekvensnummer IS NOT NULL"
        ).fetchall()
        numbers = {row[0]: tuple(row[1:]) for row in rows}
        assert len(set(numbers.values())) == len(numbers)
        kept = {key: number for key, number in numbers.items() if key in self._fixed}
        assert kept == self._fixed
        self._fixed = numbers

    def _check_moete(self, key: str) -> None:
        snapshot = self._hus.moete(key)
        assigned = [number.number for number in snapshot.sak_numbers.values()]
        assert len(set(assigned)) == len(assigned)
        attached = [str(one.number) for one in snapshot.vedlegg_numbers.values()]
        assert len(set(attached)) == len(attached)
        for sak in snapshot.saker:
            assert sak.tilstand is not SakTilstand.INNMELDT
            if snapshot.rows.moete.tilstand is MoeteTilstand.PLANLAGT:
                assert sak.moetesakssekvensnummer is None
            has_note = any(
                row.slag == "toppnotat" and not row.trukket
                for row in snapshot.rows.vedlegg.get(sak.id, ())
            )
            assert has_note is (sak.toppnotatstatus is Toppnotatstatus.SKAL_HA)
        assert set(snapshot.clocked) == {post.id for post in snapshot.rows.poster}
        assert self._hus.get(Moete, key).aar == snapshot.dato.year
