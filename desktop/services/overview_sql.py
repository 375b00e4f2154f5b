"""The statements of the front page. What is put into them are codes and columns of our own."""

# ruff: noqa: S608

from __future__ import annotations

from typing import Final

from desktop.rules.entity_kinds import Rolle, Seksjonslag
from desktop.rules.standing import OPEN_STATES
from desktop.rules.states import MoeteTilstand, ReferatTilstand, SakTilstand
from desktop.services.plain import fields
from desktop.services.rows import DagRow, MoeteRow, PostRow, SakRow, UtvalgRow

TEXTS: Final = frozenset({"omtale", "forslag_til_vedtak"})
OPEN_MEETING: Final = f"'{MoeteTilstand.PLANLAGT}', '{MoeteTilstand.INNKALT}'"
NAME: Final = "SELECT navn FROM arkiv"
UTVALG: Final = "SELECT id, kortnavn FROM utvalg ORDER BY rekkefoelge"
MEETINGS: Final = f"""
SELECT m.utvalg_id, m.id, m.tilstand FROM moete m JOIN moetedag d ON d.moete_id = m.id
WHERE m.tilstand IN ({OPEN_MEETING}) GROUP BY m.id ORDER BY min(d.dato), m.id
"""
NEXT_DAYS: Final = f"""
SELECT m.utvalg_id, min(d.dato) FROM moete m JOIN moetedag d ON d.moete_id = m.id
WHERE m.tilstand IN ({OPEN_MEETING}) AND d.dato >= ? GROUP BY m.utvalg_id
"""
QUEUES: Final = f"""
SELECT utvalg_id, count(*) FROM sak
WHERE moete_id IS NULL AND tilstand = '{SakTilstand.INNMELDT}' GROUP BY utvalg_id
"""
MOETE: Final = f"SELECT {fields(MoeteRow, 'm')} FROM moete m WHERE m.id = ?"
BODY: Final = f"SELECT {fields(UtvalgRow, 'u')} FROM utvalg u WHERE u.id = ?"
SERIES: Final = "SELECT foerste_sak, foerste_moete FROM nummerserie WHERE utvalg_id=? AND aar=?"
DAYS: Final = f"SELECT {fields(DagRow, 'd')} FROM moetedag d WHERE d.moete_id = ? ORDER BY d.dato"
POSTS: Final = f"""
SELECT {fields(PostRow, "p")} FROM dagsordenpost p JOIN moetedag d ON d.id = p.moetedag_id
WHERE d.moete_id = ? ORDER BY d.dato, p.rekkefoelge, p.id
"""
SAKER: Final = f"""
SELECT {fields(SakRow, "s", without=TEXTS)} FROM moetedag d
JOIN dagsordenpost p ON p.moetedag_id = d.id JOIN sak s ON s.id = p.sak_id WHERE d.moete_id = ?
"""
PLACED: Final = """
SELECT m.id, m.nummer, m.tilstand, d.dato, d.fra, s.id, s.moetesakssekvensnummer, s.tilstand
FROM moete m JOIN moetedag d ON d.moete_id = m.id
LEFT JOIN dagsordenpost p ON p.moetedag_id = d.id AND p.sak_id IS NOT NULL
LEFT JOIN sak s ON s.id = p.sak_id
WHERE m.utvalg_id = ? AND m.aar = ?
ORDER BY d.dato, d.fra, m.id, p.rekkefoelge, p.id
"""
UNSENT: Final = "SELECT 1 FROM utsendelse WHERE moete_id = ? AND sendt IS NULL LIMIT 1"
READINESS: Final = f"""
SELECT s.id, s.forslag_til_vedtak, t.tilstand, d.innhold, EXISTS (
    SELECT 1 FROM saksrolle r WHERE r.sak_id = s.id AND r.rolle = '{Rolle.SAKSEIER}'
) FROM sak s LEFT JOIN toppnotat t ON t.sak_id = s.id
LEFT JOIN toppnotatseksjon d ON d.toppnotat_id = t.id AND d.slag = '{Seksjonslag.HENSIKT}'
WHERE s.moete_id = ?
"""
REFERATER: Final = f"""
SELECT m.utvalg_id, m.id, m.aar, min(d.dato), coalesce(r.tilstand, '{ReferatTilstand.UTKAST}'),
    r.kommentarfrist
FROM moete m JOIN moetedag d ON d.moete_id = m.id LEFT JOIN referat r ON r.moete_id = m.id
WHERE m.tilstand IN ('{MoeteTilstand.AVHOLDT}', '{MoeteTilstand.AVSLUTTET}')
    AND coalesce(r.tilstand, '') <> '{ReferatTilstand.GODKJENT}'
    AND (m.tilstand = '{MoeteTilstand.AVHOLDT}' OR r.id IS NOT NULL)
GROUP BY m.id ORDER BY min(d.dato) DESC
"""
URGENT: Final = f"""
SELECT o.id, o.utvalg_id, o.tilstand, o.oppgave, o.frist, p.fornavn, p.etternavn, (
    SELECT n.navn FROM organisasjonsnavn n WHERE n.organisasjon_id = o.eier_organisasjon_id
    ORDER BY n.fra DESC NULLS LAST LIMIT 1
), s.id, s.moete_id
FROM oppfoelging o LEFT JOIN person p ON p.id = o.eier_person_id LEFT JOIN sak s ON s.id = (
    SELECT min(os.sak_id) FROM oppfoelging_sak os WHERE os.oppfoelging_id = o.id
)
WHERE o.tilstand IN ({", ".join(f"'{state}'" for state in OPEN_STATES)}) AND o.frist <= ?
ORDER BY o.frist, o.id
"""
